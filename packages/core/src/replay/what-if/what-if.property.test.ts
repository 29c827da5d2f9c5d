import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../../test/law-runs.js'
import { randomRuns } from '../../../test/random-runs.js'
import type { BookEvent } from '../../book/events.js'
import { CLOSING_RULES } from '../../config/symbol-config.js'
import { minus, plus } from '../../money/arithmetic.js'
import { type Money, NO_MONEY, parseMoney } from '../../money/money.js'
import type { Input } from '../../observe/inputs.js'
import type { RunOptions } from '../run-inputs.js'
import type { EntryText } from './attribution.js'
import { runBoth } from './run-both.js'
import { whatIf } from './what-if.js'

function withRule({ config, ...options }: RunOptions, closingStrategy: string): RunOptions {
  return { ...options, config: { ...config, defaults: { ...config.defaults, closingStrategy } } }
}

/** Fills and marks only, and none that shows a position from before the first of them. */
const rulesOnFills = fc
  .tuple(randomRuns(), fc.constantFrom(...CLOSING_RULES))
  .map(([{ inputs, options }, rule]) => ({
    inputs: inputs.filter((input) => input.type === 'fill' || input.type === 'mark'),
    base: options,
    other: withRule(options, rule),
  }))
  .filter(({ inputs, base, other }) => isMatchedWhole(inputs, base, other))

/**
 * One-way mode takes a fill with a result of the venue's for a close: which side is open then may depend on the rule, where fills name
 * tranches. Asked of the runs of what-if itself: there the other run may not know an order that a recorded fill names.
 */
function isMatchedWhole(inputs: readonly Input[], base: RunOptions, other: RunOptions): boolean {
  const both = runBoth(inputs, base, other)
  return [both.base, both.other].every(({ result }) => result.books.every(({ events }) => events.every(isMatched)))
}

function isMatched(event: BookEvent): boolean {
  return event.type !== 'FillBooked' || event.unmatched === null
}

function totalOf(entry: EntryText | null): Money {
  return entry === null ? NO_MONEY : plus(parseMoney(entry.realizedPnl), parseMoney(entry.unrealizedPnl ?? ''))
}

describe('another closing rule', () => {
  it('changes who earned it, never how much: the total is the same at any mark', () => {
    fc.assert(
      fc.property(rulesOnFills, ({ inputs, base, other }) => {
        for (const { isSameTotal } of whatIf(inputs, base, other).books) expect(isSameTotal).toBe(true)
      }),
      LAW,
    )
  })

  it('moves results between entries so that nothing is won or lost', () => {
    fc.assert(
      fc.property(rulesOnFills, ({ inputs, base, other }) => {
        for (const { attribution, mark } of whatIf(inputs, base, other).books) {
          if (mark === null) continue
          const moved = attribution.map((entry) => minus(totalOf(entry.base), totalOf(entry.other)))
          expect(moved.reduce((sum, part) => plus(sum, part), NO_MONEY)).toBe(0n)
        }
      }),
      LAW,
    )
  })
})

describe('no other configuration', () => {
  it('makes no difference at all', () => {
    fc.assert(
      fc.property(randomRuns(), ({ inputs, options }) => {
        for (const book of whatIf(inputs, options, options).books)
          expect(book).toMatchObject({
            attribution: [],
            orders: { onlyBase: [], onlyOther: [] },
            decisions: { onlyBase: [], onlyOther: [] },
            hypothetical: [],
          })
      }),
      LAW,
    )
  })
})
