import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPrice, aQuantity } from '../../test/builders/trade-arbitraries.js'
import { LAW } from '../../test/law-runs.js'
import { parseConfig } from '../config/parse-config.js'
import { CLOSING_RULES } from '../config/symbol-config.js'
import type { Input } from '../observe/inputs.js'
import { parseInput } from '../observe/parse-input.js'
import { replay } from './replay-events.js'
import { runInputs, type RunResult } from './run-inputs.js'
import { stateHash } from './state-hash.js'

const line = fc.record({
  gapMs: fc.integer({ min: 0, max: 400 }),
  side: fc.constantFrom('BUY', 'SELL'),
  quantity: aQuantity,
  price: aPrice,
  fee: fc.option(aQuantity, { nil: undefined }),
})
const feed = fc.record({
  lines: fc.array(line, { maxLength: 25, size: 'max' }),
  positionSide: fc.constantFrom('BOTH', 'LONG', 'SHORT'),
  closingStrategy: fc.constantFrom(...CLOSING_RULES),
  delays: fc.array(fc.integer({ min: 0, max: 249 }), { minLength: 25, maxLength: 25 }),
})

type Feed = typeof feed extends fc.Arbitrary<infer Given> ? Given : never

function inputsOf({ lines, positionSide }: Feed): readonly Input[] {
  let time = 1_714_000_000_000
  return lines.map(({ gapMs, ...body }, index) => {
    time += gapMs
    const raw = { type: 'fill', symbol: 'BTCUSDT', time, positionSide, tradeId: String(index + 1), ...body }
    return parseInput(raw, { account: 'main', positionMode: null, sequence: index + 1 })
  })
}

function ran(inputs: readonly Input[], { closingStrategy }: Feed): RunResult {
  const config = parseConfig({ defaults: { closingStrategy, reorderWindowMs: 250 } })
  return runInputs(inputs, {
    config,
    positionMode: null,
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'trade',
  })
}

function hashes({ books }: RunResult): readonly string[] {
  return books.map(({ book }) => stateHash(book))
}

describe('a feed', () => {
  it('told twice ends in the same state as told once', () => {
    fc.assert(
      fc.property(feed, (given) => {
        const inputs = inputsOf(given)
        const once = ran(inputs, given)
        expect(hashes(ran([...inputs, ...inputs], given))).toEqual(hashes(once))
        expect(
          hashes(
            ran(
              inputs.flatMap((input) => [input, input]),
              given,
            ),
          ),
        ).toEqual(hashes(once))
      }),
      LAW,
    )
  })

  it('shuffled within the window ends in the same state', () => {
    fc.assert(
      fc.property(feed, (given) => {
        const inputs = inputsOf(given)
        const shuffled = inputs
          .map((input, index) => ({ input, at: input.time + (given.delays[index] ?? 0) }))
          .toSorted((left, right) => left.at - right.at)
          .map(({ input }) => input)
        expect(hashes(ran(shuffled, given))).toEqual(hashes(ran(inputs, given)))
      }),
      LAW,
    )
  })

  it('is what its log says', () => {
    fc.assert(
      fc.property(feed, (given) => {
        for (const { book, events } of ran(inputsOf(given), given).books)
          expect(stateHash(replay(events))).toBe(stateHash(book))
      }),
      LAW,
    )
  })
})
