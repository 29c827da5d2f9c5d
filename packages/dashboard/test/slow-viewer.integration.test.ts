import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type BookEvent, parseEvent } from '@tranchebook/core'
import { MemoryStore } from '@tranchebook/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordedSource } from '../src/index.js'
import { createReadContext } from '../src/read/read-context.js'
import { EventStream } from '../src/stream/event-stream.js'

const EVENTS = 20_000
const AT_ONCE = 1000
const STREAM = 'main/BTCUSDT'

let store: MemoryStore<BookEvent>
let server: Server
let stream: EventStream
let responses: ServerResponse[]
let ticks: (() => void)[]

function note(version: number): BookEvent {
  const header = { version: 1, time: version, causationId: `c${version}`, correlationId: `c${version}` } as const
  if (version > 1) return { ...header, type: 'TradingResumed', actor: `desk ${version}` }
  return { ...header, type: 'BookOpened', account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }
}

async function open(): Promise<IncomingMessage> {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const request = get({ port, host: '127.0.0.1' })
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
  })
}

beforeEach(async () => {
  store = new MemoryStore<BookEvent>({ decode: parseEvent })
  for (let after = 0; after < EVENTS; after += AT_ONCE) {
    const versions = Array.from({ length: AT_ONCE }, (_, index) => after + index + 1)
    const events = versions.map((version) => ({ id: `v${version}`, event: note(version) }))
    await store.append(STREAM, events, { expected: 'any' })
  }
  responses = []
  ticks = []
  stream = new EventStream(createReadContext(recordedSource({ store, title: 'long' })), {
    onTrouble: () => undefined,
    every: (_ms, run) => {
      ticks.push(run)
      return () => undefined
    },
  })
  server = createServer((_request, response) => {
    responses.push(response)
    void stream.run(response, 0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  stream.close()
  server.closeAllConnections()
  server.close()
  await store.close()
})

describe('a viewer that reads slowly', () => {
  it('is waited for: little is held for it, nothing is left out', async () => {
    const answer = await open()
    answer.pause()
    await expect.poll(() => responses[0]?.writableNeedDrain, { timeout: 20_000 }).toBe(true)
    const held = responses[0]?.writableLength ?? 0
    expect(held).toBeLessThan(1_000_000)

    const ids: number[] = []
    let rest = ''
    answer.setEncoding('utf8')
    for await (const piece of answer as AsyncIterable<string>) {
      const lines = `${rest}${piece}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('id: ')) ids.push(Number(line.slice(4)))
      if (ids.length === EVENTS) break
    }
    expect(ids).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1))
  })

  it('keeps no other viewer waiting', async () => {
    const slow = await open()
    slow.pause()
    const quick = await open()
    quick.setEncoding('utf8')
    let text = ''
    for await (const piece of quick as AsyncIterable<string>) {
      text = `${text}${piece}`.slice(-2000)
      if (text.includes(`id: ${EVENTS}\n`)) break
    }
    expect(text).toContain(`id: ${EVENTS}\n`)
  })
})

describe('a stream on which nothing happens', () => {
  it('gives a sign of life every ten seconds, so that nobody takes it for dead', async () => {
    const answer = await open()
    answer.setEncoding('utf8')
    let text = ''
    answer.on('data', (piece: string) => {
      text = `${text}${piece}`.slice(-2000)
    })
    await expect.poll(() => text, { timeout: 20_000 }).toContain(`id: ${EVENTS}\n`)
    for (let tick = 0; tick < 40; tick += 1) for (const run of ticks) run()
    await expect.poll(() => text, { timeout: 20_000 }).toContain(': alive\n\n')
    expect(text.match(/: alive/g)).toHaveLength(1)
  })
})
