import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asterBench, binanceBench } from '../../test/account-readers.js'
import { createManualClock } from '../../test/manual-clock.js'
import { hasSharedData, sharedLines } from '../../test/shared-data.js'
import { readMarks } from '../fapi/streams/mark-stream.js'

const isThere = hasSharedData()

/** Messages as they came, of every kind there is. */
function messages(): readonly string[] {
  if (!isThere) return ['{}']
  const parts = [
    ...sharedLines('user-data-stream-recorded.jsonl'),
    ...sharedLines('ws-market-recorded-samples.jsonl'),
    ...sharedLines('fixtures-jkorf-binance-net.jsonl'),
  ].map((line) => JSON.parse(line) as { event?: unknown; frame?: unknown; body?: unknown })
  return parts.map(({ event, frame, body }) => JSON.stringify(event ?? frame ?? body))
}

const whole = fc.constantFrom(...messages())
const truncated = whole.chain((text) =>
  fc.nat({ max: Math.max(0, text.length - 1) }).map((length) => text.slice(0, length)),
)
const garbled = fc.tuple(whole, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, junk]) => {
  const place = at % text.length
  return text.slice(0, place) + junk + text.slice(place + 1)
})
const emptied = fc
  .tuple(whole, fc.nat(), fc.constantFrom('null', '""', '[]', '{}', '-1', '1e400', '"NaN"', 'true'))
  .map(([text, at, value]) => {
    const fields = [...text.matchAll(/:("[^"]*"|-?\d+(\.\d+)?|true|false|null)/g)]
    const field = fields[at % Math.max(1, fields.length)]
    return field === undefined
      ? text
      : `${text.slice(0, field.index)}:${value}${text.slice(field.index + field[0].length)}`
  })
const anything = fc.oneof(truncated, garbled, emptied, fc.string(), fc.json())

describe.skipIf(!isThere)('damaged messages', () => {
  it('never throw past a reader', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (texts) => {
        const options = { account: 'main', clock: createManualClock() }
        for (const bench of [binanceBench(), asterBench()]) {
          for (const text of texts) bench.reader.read(text)
          bench.clock.advance(60_000)
          bench.reader.close()
        }
        for (const text of texts) readMarks(text, options, new Set(['BTCUSDT']))
      }),
    )
  })

  it('are kept, word for word, when they break off', () => {
    fc.assert(
      fc.property(truncated, (text) => {
        for (const bench of [binanceBench(), asterBench()]) {
          bench.reader.read(text)
          expect(bench.events.items).toMatchObject([{ type: 'quarantined', raw: text }])
        }
        expect(readMarks(text, { account: 'main', clock: createManualClock() }, new Set())).toMatchObject([
          { type: 'quarantined', raw: text },
        ])
      }),
    )
  })

  it('ask for a look when they were news of the account', () => {
    const { reader, doubts } = binanceBench()
    reader.read('{"e":"ORDER_TRADE_UPDATE","E":1,"T":1,"o":{}}')
    expect(doubts).toEqual([expect.stringContaining('could not be understood')])
  })
})
