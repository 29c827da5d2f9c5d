import { DOCS_URL } from '@tranchebook/core'
import type { IncomingMessage } from 'node:http'
import { RequestError } from '../request-error.js'

/** Largest body that is read, bytes. */
const MOST_BODY_BYTES = 65_536

const AS_JSON = { status: 400, advice: `send one JSON object as ${DOCS_URL}/dashboard-api.md describes it` }

function tooLarge(): RequestError {
  return new RequestError('dashboard.body', `expected at most ${MOST_BODY_BYTES} bytes, got more`, {
    status: 413,
    advice: 'send only what the action needs',
  })
}

function assertJson({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? ''
  if (/^application\/json *(;|$)/i.test(type)) return
  throw new RequestError('dashboard.body', `expected application/json, got ${type === '' ? 'no content type' : type}`, {
    status: 415,
    advice: AS_JSON.advice,
  })
}

async function readText(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) throw tooLarge()
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > MOST_BODY_BYTES) throw tooLarge()
    pieces.push(piece)
  }
  return new TextDecoder('utf-8', { fatal: false }).decode(Buffer.concat(pieces))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    throw new RequestError('dashboard.body', 'expected JSON, got something else', AS_JSON)
  }
  if (isObject(value)) return value
  throw new RequestError('dashboard.body', 'expected a JSON object, got another kind of value', AS_JSON)
}

/** The JSON object that a request carries. @throws {RequestError} `dashboard.body` */
export async function readObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  assertJson(request)
  return parseObject(await readText(request))
}

/** A whole number of the query; `null` = it is not there. @throws {RequestError} `dashboard.query` */
export function wholeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null || text === '') return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new RequestError(
    'dashboard.query',
    `${name}: expected a whole number, got ${JSON.stringify(text.slice(0, 40))}`,
    {
      status: 400,
      advice: 'write it in plain digits, or leave it away',
    },
  )
}
