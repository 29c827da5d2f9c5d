/** The server's JSON as the type the caller expects; both sides are of one version, which vouches for its shape. */
export async function parseAnswer<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body
}
