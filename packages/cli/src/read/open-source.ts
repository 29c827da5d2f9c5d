import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CommandFailure } from '../command-failure.js'
import type { Terminal } from '../terminal.js'

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

async function* inflate(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // What goes wrong on the way destroys the stream, so that reading it throws.
  pipeline(Readable.from(bytes), gunzip, () => undefined)
  for await (const chunk of gunzip) yield chunk
}

async function* withoutGzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const whole = startingWith(first.value, iterator)
  yield* isGzip(first.value) ? inflate(whole) : whole
}

function unreadable(path: string, error: unknown): CommandFailure {
  const came = error instanceof Error ? error.message : String(error)
  return new CommandFailure(
    {
      what: `cannot read ${path === '-' ? 'stdin' : path}`,
      expected: `expected a readable file, plain or gzip; got: ${came}`,
      advice: 'check the path and its permissions; - reads stdin',
    },
    { cause: error },
  )
}

/**
 * Bytes of a file, or of stdin for `-`; gzip is unpacked, recognised by content.
 *
 * @throws {CommandFailure} when it cannot be read.
 */
export async function* openSource(path: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  try {
    yield* withoutGzip(path === '-' ? terminal.input : createReadStream(path))
  } catch (error) {
    throw error instanceof CommandFailure ? error : unreadable(path, error)
  }
}

/** All of a file as text, without a byte order mark. @throws {CommandFailure} when it cannot be read. */
export async function readText(path: string, terminal: Terminal): Promise<string> {
  const decoder = new TextDecoder('utf-8')
  let text = ''
  for await (const bytes of openSource(path, terminal)) text += decoder.decode(bytes, { stream: true })
  return text + decoder.decode()
}
