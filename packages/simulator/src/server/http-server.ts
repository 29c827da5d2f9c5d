import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { WireAnswer, WireRequest } from './answer-request.js'

const MOST_BODY_BYTES = 1_000_000

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue
    const bytes: Buffer = part
    size += bytes.length
    if (size > MOST_BODY_BYTES) throw new RangeError('the body is too long')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
  const { 'x-mbx-apikey': key } = request.headers
  const apiKey = typeof key === 'string' ? key : null
  return { method: request.method ?? 'GET', path, query, body: await bodyOf(request), apiKey }
}

function send(response: ServerResponse, answer: WireAnswer): void {
  if (answer === null) {
    response.socket?.destroy()
    return
  }
  response.writeHead(answer.status, answer.headers)
  response.end(answer.text)
}

/** An HTTP server around an answerer. A request that cannot be read ends its connection. */
export function createHttpServer(answer: (request: WireRequest) => WireAnswer): Server {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, answer(await readRequest(request)))
    } catch (error) {
      if (response.headersSent) return
      response.writeHead(500, { 'Content-Type': 'text/plain' })
      response.end(`simulated venue: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return createServer((request, response) => void serve(request, response))
}
