import { DashboardError } from '../dashboard-error.js'

/** A server and how to ask it. */
export interface Connection {
  /** Its origin, or any address of it. */
  readonly url: string
  readonly token: string
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** Ends every call. */
  readonly signal?: AbortSignal
}

/** What is asked. */
export interface Question {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | null | undefined>>
  /** Sent by POST. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

function addressOf({ url }: Connection, { path, query = {} }: Question): URL {
  const address = new URL(path, url)
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined) address.searchParams.set(name, String(value))
  return address
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

async function refusalOf(response: Response): Promise<DashboardError> {
  const body: unknown = await response.json().catch(() => null)
  const { code, message, advice } = isRecord(body) ? body : {}
  if (typeof code === 'string')
    return new DashboardError(code, `${text(message)}: ${text(advice)}`, { details: { status: response.status } })
  return new DashboardError(
    'dashboard.unreachable',
    `expected an answer of a dashboard, got status ${response.status}: something else listens there`,
    { details: { status: response.status } },
  )
}

/** Asks the server. @throws {DashboardError} with the server's code, or `dashboard.unreachable` */
export async function askServer(connection: Connection, question: Question): Promise<Response> {
  const { token, fetch = globalThis.fetch } = connection
  const { body, headers = {} } = question
  const address = addressOf(connection, question)
  const signals = [connection.signal, question.signal].filter((signal) => signal !== undefined)
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    signal: AbortSignal.any(signals),
    redirect: 'error',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new DashboardError(
      'dashboard.unreachable',
      `expected a dashboard at ${address.origin}, nobody answered: has the process ended? Start it again`,
      { details: { origin: address.origin }, cause },
    )
  })
  if (response.ok) return response
  throw await refusalOf(response)
}
