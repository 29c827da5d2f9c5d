import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordedMessage, StreamMessages } from '../src/api/index.js'
import type { StreamMessage } from '../src/index.js'
import { BTC, Stage } from './stage.js'

let stage: Stage
let leaving: AbortController

beforeEach(async () => {
  stage = await Stage.open()
  leaving = new AbortController()
})
afterEach(async () => {
  leaving.abort()
  await stage.close()
})

function follow(after: string | null): AsyncGenerator<StreamMessage, void, undefined> {
  return stage.client.stream(after, leaving.signal)
}

/** Recorded events up to a place, in the order they came. */
async function eventsUntil(
  stream: AsyncGenerator<StreamMessage, void, undefined>,
  position: string,
): Promise<readonly RecordedMessage[]> {
  const events: RecordedMessage[] = []
  for (;;) {
    const { value, done } = await stream.next()
    if (done === true) return events
    if (value.type !== 'event') continue
    events.push(value.data)
    if (value.data.position === position) return events
  }
}

async function messageOf<Type extends StreamMessage['type']>(
  stream: AsyncGenerator<StreamMessage, void, undefined>,
  type: Type,
): Promise<StreamMessages[Type]> {
  for (;;) {
    const { value, done } = await stream.next()
    if (done === true) throw new RangeError(`the stream ended before ${type}`)
    if (isOf(value, type)) return value.data
  }
}

function isOf<Type extends StreamMessage['type']>(
  message: StreamMessage,
  type: Type,
): message is StreamMessage & { readonly type: Type; readonly data: StreamMessages[Type] } {
  return message.type === type
}

async function headOf(): Promise<string> {
  return String((await stage.store.logHead()).position)
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (body !== null) yield* body
}

/** One raw stream, cut after some text came; what it said. */
async function readRaw(headers: Readonly<Record<string, string>>, until: string): Promise<string> {
  const { origin, token } = stage.dashboard
  const cut = new AbortController()
  const response = await fetch(`${origin}/api/stream?after=0`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: cut.signal,
  })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of bytesOf(response)) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes(until)) break
  }
  cut.abort()
  return text
}

describe('the stream', () => {
  it('tells everything that is recorded, once, in order, with its place', async () => {
    await stage.enter('0.1')
    await stage.move('51500')
    const head = await headOf()
    const events = await eventsUntil(follow('0'), head)
    expect(events.map(({ position }) => Number(position))).toEqual(
      Array.from({ length: Number(head) }, (_, index) => index + 1),
    )
    const stored: (readonly [string, number, string])[] = []
    for await (const { stream, version, event } of stage.store.readAll()) stored.push([stream, version, event.type])
    expect(events.map(({ account, symbol, version, type }) => [`${account}/${symbol}`, version, type])).toEqual(stored)
  })

  it('goes on exactly where a browser lost it', async () => {
    await stage.enter('0.1')
    const head = await headOf()
    const place = String(Number(head) - 3)
    const text = await readRaw({ 'last-event-id': place }, `id: ${head}\n`)
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual([Number(head) - 2, Number(head) - 1, Number(head)])
    expect(text).toMatch(/^retry: 1000\nevent: hello\n/)
  })

  it('tells a client of another log to read everything anew', async () => {
    const hello = await messageOf(follow('999999'), 'hello')
    expect(hello).toMatchObject({ isReset: true, position: await headOf() })
  })

  it('tells what comes while it is open', async () => {
    const stream = follow(null)
    const { position, isReset } = await messageOf(stream, 'hello')
    expect(isReset).toBe(false)
    await stage.enter('0.1', 'breakout')
    const events = await eventsUntil(stream, await headOf())
    expect(Number(events[0]?.position)).toBe(Number(position) + 1)
    expect(events.find(({ type }) => type === 'TrancheOpened')).toMatchObject({
      symbol: BTC.symbol,
      sentence: expect.stringContaining('T1 (breakout) LONG 0.100 at 50 000.0') as string,
      tranches: ['T1'],
    })
  })

  it('tells prices and what follows from them without a place of their own', async () => {
    await stage.enter('0.1')
    const stream = follow(null)
    await messageOf(stream, 'prices')
    await stage.move('50500')
    for (;;) {
      const prices = await messageOf(stream, 'prices')
      const own = prices.filter(({ symbol, mark }) => symbol === BTC.symbol && mark === '50500')
      if (own.length === 0) continue
      expect(own).toMatchObject([
        {
          symbol: BTC.symbol,
          mark: '50500',
          unrealizedPnl: '50',
          sides: [{ side: 'LONG', tranches: [{ id: 'T1', unrealizedPnl: '50', pnlPercent: '1' }] }],
        },
      ])
      break
    }
    const text = await readRaw({}, 'event: prices')
    const [, beforePrices = ''] = /([\s\S]*)event: prices/.exec(text) ?? []
    expect(beforePrices.split('\n\n').at(-1)).toBe('')
  })

  it('tells the account when it becomes another', async () => {
    const stream = follow(null)
    expect(await messageOf(stream, 'account')).toMatchObject({ pausedBooks: 0 })
    await stage.whileTimePasses(stage.manager.pause())
    for (;;) if ((await messageOf(stream, 'account')).pausedBooks === 2) break
  })

  it('is the same for a program whose connection breaks', async () => {
    const stream = follow('0')
    await stage.enter('0.1')
    const half = String(Math.floor(Number(await headOf()) / 2))
    const first = await eventsUntil(stream, half)
    await stage.reopen()
    await stage.move('51500')
    const rest = await eventsUntil(stream, await headOf())
    const positions = [...first, ...rest].map(({ position }) => Number(position))
    expect(positions).toEqual(Array.from({ length: Number(await headOf()) }, (_, index) => index + 1))
  })

  it('takes sixteen viewers and no more, and forgets those that leave', async () => {
    const streams = Array.from({ length: 16 }, () => follow(null))
    await Promise.all(streams.map(async (stream) => messageOf(stream, 'hello')))
    expect((await stage.client.health()).viewers).toBe(16)
    await expect(follow(null).next()).rejects.toMatchObject({ code: 'dashboard.too-many-viewers' })
    await Promise.all(streams.map(async (stream) => stream.return()))
    await expect.poll(async () => (await stage.client.health()).viewers, { timeout: 20_000 }).toBe(0)
  })
})
