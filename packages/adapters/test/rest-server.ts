import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** As it came, not decoded. */
  readonly query: string
  /** Of the query, or of a form body. */
  readonly params: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What the server does with a request. `hang` never answers; `cut` reads it and closes the connection. */
export type RestAnswer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly text: string }
  | 'hang'
  | 'cut'
  | 'cut-in-body'

export type RestScript = (request: SeenRequest) => RestAnswer

/** A venue's REST interface on this machine that answers by script. */
export interface RestServer {
  readonly origin: string
  readonly seen: SeenRequest[]
  script: RestScript
  /** Settles when the n-th request (from 1) has been read. */
  received(count: number): Promise<void>
  close(): Promise<void>
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function answerWith(answer: RestAnswer, response: ServerResponse): void {
  if (answer === 'hang') return
  if (answer === 'cut') {
    response.socket?.destroy()
    return
  }
  if (answer === 'cut-in-body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"orderId":')
    response.socket?.end()
    return
  }
  const text = 'json' in answer ? JSON.stringify(answer.json) : answer.text
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
  response.end(text)
}

/** Starts on a free port of 127.0.0.1. */
export async function startRestServer(script: RestScript): Promise<RestServer> {
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const answerOne = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(message)
    const [path = '', query = ''] = (message.url ?? '').split('?')
    const { method = '', headers } = message
    const request = { method, path, query, params: new URLSearchParams(query === '' ? body : query), headers, body }
    rest.seen.push(request)
    answerWith(rest.script(request), response)
    for (const { count, resolve } of waiting) if (rest.seen.length >= count) resolve()
  }
  const server = createServer((message, response) => void answerOne(message, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const rest: RestServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    script,
    received: (count) =>
      rest.seen.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ count, resolve })
          }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  return rest
}
