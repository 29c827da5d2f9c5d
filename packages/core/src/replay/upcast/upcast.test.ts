import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EventPlace } from './event-place.js'
import { parseEvent } from './parse-event.js'
import { createUpcaster, type RawEvent, upcast } from './upcast.js'

const PLACE: EventPlace = { stream: 'main/BTCUSDT', version: 17 }
const LOG = JSON.parse(readFileSync(new URL('./fixtures/v1.json', import.meta.url), 'utf8')) as RawEvent[]

function example(type: string): RawEvent {
  const found = LOG.find((event) => event['type'] === type)
  if (found === undefined) throw new Error(`no frozen ${type}`)
  return found
}

function messageOf(event: unknown): string {
  try {
    upcast(event, PLACE)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'no error'
}

function codeOf(event: unknown): unknown {
  try {
    return upcast(event, PLACE)
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('reading an event of today', () => {
  it('gives it back as it is, unknown fields included', () => {
    const event = { ...example('FillBooked'), note: 'kept' }
    expect(upcast(event, PLACE)).toBe(event)
  })

  it.each([
    ['FillBooked', { price: 50_000 }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got 50000'],
    ['FillBooked', { price: '5e4' }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got "5e4"'],
    ['FillBooked', { price: '' }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got ""'],
    ['FillBooked', { price: '.5' }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got ".5"'],
    ['FillBooked', { price: '5.' }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got "5."'],
    ['FillBooked', { price: '-' }, 'FillBooked.price: expected a plain decimal as text such as "0.001", got "-"'],
    [
      'FillBooked',
      { fee: undefined },
      'FillBooked.fee: expected a plain decimal as text such as "0.001", or null, got nothing',
    ],
    ['FillBooked', { side: 'buy' }, 'FillBooked.side: expected "BUY", "SELL", got "buy"'],
    [
      'FillBooked',
      { feeAsset: '__proto__' },
      'FillBooked.feeAsset: expected the name of an asset, or null, got "__proto__"',
    ],
    [
      'FillBooked',
      { opens: { side: 'LONG' } },
      'FillBooked.opens.quantity: expected a plain decimal as text such as "0.001", got nothing',
    ],
    [
      'TrancheReduced',
      { entryFees: { constructor: '1' } },
      'TrancheReduced.entryFees: expected the name of an asset, got "constructor"',
    ],
    [
      'TrancheReduced',
      { entryFees: { USDT: 1 } },
      'TrancheReduced.entryFees.USDT: expected a plain decimal as text such as "0.001", got 1',
    ],
    ['TrancheReduced', { levels: {} }, 'TrancheReduced.levels: expected a list, got {}'],
    [
      'TrancheReduced',
      { levels: [{ level: 1, quantity: '1' }] },
      'TrancheReduced.levels.0.isHit: expected true or false, got nothing',
    ],
    ['MarkObserved', { time: -1 }, 'MarkObserved.time: expected a whole number of at least 0, got -1'],
    ['MarkObserved', { time: 1.5 }, 'MarkObserved.time: expected a whole number of at least 0, got 1.5'],
    ['MarkObserved', { causationId: null }, 'MarkObserved.causationId: expected text, got null'],
    [
      'MarkObserved',
      { because: 'so' },
      'MarkObserved.because: expected a reason: an object with its rule as text, got "so"',
    ],
    ['ConfigurationChanged', { options: [] }, 'ConfigurationChanged.options: expected an object, got []'],
  ])('refuses %s with %o and names the field', (type, change, message) => {
    expect(messageOf({ ...example(type), ...change })).toBe(`main/BTCUSDT at version 17: ${message}`)
    expect(codeOf({ ...example(type), ...change })).toBe('event.malformed')
  })

  it.each([
    ['nothing', undefined, 'expected an event object, got nothing'],
    ['a list', [], 'expected an event object, got []'],
    ['no type', {}, 'type: expected the name of an event, got nothing'],
    ['no version', { type: 'MarkObserved' }, 'MarkObserved.version: expected a whole number, got nothing'],
  ])('refuses %s', (_, event, message) => {
    expect(messageOf(event)).toBe(`main/BTCUSDT at version 17: ${message}`)
  })

  it('refuses what every object has for an event', () => {
    expect(codeOf({ type: 'constructor', version: 1 })).toBe('event.unknown-type')
    expect(codeOf({ type: '__proto__', version: 1 })).toBe('event.unknown-type')
  })

  it('says of an unknown type and of a newer version that a newer program wrote them', () => {
    expect(messageOf({ type: 'TrancheTeleported', version: 1 })).toBe(
      'main/BTCUSDT at version 17: no event is called "TrancheTeleported": a newer program wrote it, or this is not the log of a book; update before reading on',
    )
    expect(messageOf({ ...example('MarkObserved'), version: 2 })).toBe(
      'main/BTCUSDT at version 17: MarkObserved has schema version 2, this program reads up to 1: a newer program wrote it; update before reading on',
    )
    expect(codeOf({ ...example('MarkObserved'), version: 2 })).toBe('event.newer-version')
  })

  it('says of an older version that nothing here reads it', () => {
    expect(codeOf({ ...example('MarkObserved'), version: 0 })).toBe('event.no-upcast')
    expect(() => parseEvent({ ...example('MarkObserved'), version: 0 }, PLACE)).toThrow(
      'nothing here turns it into version 1',
    )
  })
})

describe('reading a refusal of version 1', () => {
  it('does not know that its trigger was passed: it counts as any refusal did', () => {
    const old = example('OrderRefused')
    expect(old).toMatchObject({ version: 1, code: '-2021' })
    expect(upcast(old, PLACE)).toEqual({ ...old, version: 2, wouldTrigger: false })
  })
})

describe('reading a refused cancel of version 1', () => {
  it('does not know of a pause: it may be cancelled again at once', () => {
    const old = example('CancelRefused')
    expect(old).toMatchObject({ version: 1, code: '-2011' })
    expect(upcast(old, PLACE)).toEqual({ ...old, version: 2, retryTime: null })
  })
})

describe('reading an older event', () => {
  const { price, time, markTime, causationId, correlationId } = example('MarkObserved')
  const header = { time, causationId, correlationId }

  /** Two schemas that never were: the oldest had another name and no extremes, the next no time of the mark. */
  const reader = createUpcaster({
    PriceSeen: {
      [-1]: ({ value, ...event }) => ({
        ...event,
        type: 'MarkObserved',
        version: 0,
        price: value,
        high: value,
        low: value,
      }),
    },
    MarkObserved: { 0: (event) => ({ ...event, version: 1, markTime: event['time'] }) },
  })

  it('goes from schema to schema until today', () => {
    expect(reader({ type: 'PriceSeen', version: -1, ...header, value: price }, PLACE)).toEqual({
      type: 'MarkObserved',
      version: 1,
      ...header,
      price,
      high: price,
      low: price,
      markTime: time,
    })
  })

  it('begins where the event stands, and leaves it as it is', () => {
    const old = Object.freeze({ type: 'MarkObserved', version: 0, ...header, price, high: price, low: price })
    expect(reader(old, PLACE)).toEqual({ ...old, version: 1, markTime: time })
    const today = example('MarkObserved')
    expect(reader(today, PLACE)).toBe(today)
    expect(markTime).toBe(today['markTime'])
  })

  it('checks what came out of it', () => {
    expect(() => reader({ type: 'PriceSeen', version: -1, ...header, value: 12 }, PLACE)).toThrow(
      'main/BTCUSDT at version 17: MarkObserved.price: expected a plain decimal as text such as "0.001", got 12',
    )
  })

  it('refuses what no step begins with', () => {
    expect(() => reader({ type: 'PriceSeen', version: 5, ...header, value: price }, PLACE)).toThrow(
      'no event is called "PriceSeen"',
    )
  })
})
