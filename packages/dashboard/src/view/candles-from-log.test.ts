import type { BookEvent } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { longLog } from '../../test/long-log.js'
import { candlesFromLog } from './candles-from-log.js'

const HEADER = { version: 1, causationId: 'c', correlationId: 'c' } as const
const MINUTE = 60_000

function mark(markTime: number, price: string, [low, high]: readonly [string, string] = [price, price]): BookEvent {
  return { ...HEADER, type: 'MarkObserved', time: markTime + 5000, markTime, price, low, high }
}

async function* batches(...events: readonly BookEvent[]): AsyncGenerator<readonly BookEvent[], void, undefined> {
  for (const event of events) yield await Promise.resolve([event])
}

const ALL = { symbol: 'BTCUSDT', intervalMs: MINUTE, from: 0, to: Number.MAX_SAFE_INTEGER }

describe('candles of a log', () => {
  it('open and close with what was seen first and last, and reach as far as the marks between', async () => {
    const events = [mark(MINUTE, '100'), mark(MINUTE + 1000, '101', ['90', '120']), mark(3 * MINUTE, '99')]
    expect(await candlesFromLog(batches(...events), ALL)).toEqual([
      { time: MINUTE, open: '100', high: '120', low: '90', close: '101' },
      { time: 3 * MINUTE, open: '99', high: '99', low: '99', close: '99' },
    ])
  })

  it('stand where the venue formed the price, in order, within what was asked for', async () => {
    const events = [mark(5 * MINUTE, '5'), mark(2 * MINUTE, '2'), mark(9 * MINUTE, '9')]
    const asked = { ...ALL, from: 2 * MINUTE, to: 5 * MINUTE }
    expect((await candlesFromLog(batches(...events), asked)).map(({ time }) => time)).toEqual([2 * MINUTE, 5 * MINUTE])
  })

  it('know the prices of fills', async () => {
    const [fill] = longLog(1).filter(({ type }) => type === 'FillBooked')
    if (fill === undefined) throw new RangeError('the log has no fill')
    expect(await candlesFromLog(batches(fill), ALL)).toMatchObject([{ open: '49800', close: '49800' }])
  })
})
