import { request, type IncomingHttpHeaders } from 'node:http'

/** A request as an attacker may write it: every header by hand. */
export interface RawRequest {
  readonly port: number
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came back. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request exactly as it is written. */
export async function rawRequest({ port, path, method = 'GET', headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, setHost: headers['host'] === undefined })
    sent.once('error', reject)
    sent.once('response', (response) => {
      const pieces: string[] = []
      response.setEncoding('utf8')
      response.on('data', (piece: string) => pieces.push(piece))
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: pieces.join('') })
      })
      response.once('error', reject)
    })
    sent.end(body)
  })
}

/** The code of the problem that a refusal names. */
export function codeOf({ body }: RawAnswer): unknown {
  const problem: unknown = JSON.parse(body)
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null
}
