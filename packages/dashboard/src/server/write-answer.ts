import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Answer } from './answer.js'
import { STRICT_HEADERS } from './headers.js'

const FOREVER = 'public, max-age=31536000, immutable'

function writeBody(response: ServerResponse, body: Uint8Array | string): void {
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** Writes an answer with the headers that every answer has. Settles when all of it was handed over, or the client left. */
export async function writeAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  for (const [name, value] of Object.entries(STRICT_HEADERS)) if (value !== undefined) response.setHeader(name, value)
  switch (answer.type) {
    case 'json':
      response.statusCode = answer.status ?? 200
      response.setHeader('content-type', 'application/json; charset=utf-8')
      return writeBody(response, JSON.stringify(answer.body))
    case 'redirect':
      response.statusCode = 303
      response.setHeader('location', answer.location)
      response.setHeader('set-cookie', answer.cookie)
      return writeBody(response, '')
    case 'page':
      response.statusCode = answer.status
      response.setHeader('content-type', answer.contentType)
      if (answer.isImmutable) response.setHeader('cache-control', FOREVER)
      return writeBody(response, answer.body)
    case 'file':
      response.setHeader('content-type', answer.contentType)
      response.setHeader('content-disposition', `attachment; filename="${answer.name}"`)
      await pipeline(Readable.from(answer.chunks), response)
      return undefined
    case 'stream':
      return answer.run(response)
  }
}

/** Writes a piece, and waits until the client has taken what was written. @throws when the client has left */
export async function writePiece(response: ServerResponse, piece: string, signal: AbortSignal): Promise<void> {
  if (!response.write(piece)) await once(response, 'drain', { signal })
}
