import {
  asPrice,
  asQuantity,
  type ClosingLot,
  type ClosingPart,
  type ClosingRequest,
  type ClosingRule,
  formatQuantity,
  notional,
} from '@tranchebook/core'
import fc from 'fast-check'
import { mustHold } from './law-error.js'
import { type LawOptions, runLaw } from './run-law.js'

/** One question to a closing rule. */
export interface ClosingCase {
  readonly lots: readonly ClosingLot[]
  readonly request: ClosingRequest
}

const UNIT = 10n ** 9n
const prices = fc
  .oneof(fc.constantFrom(50_000n, 50_100n, 1n), fc.bigInt({ min: 1n, max: 10n ** 8n }))
  .map((whole) => asPrice(whole * UNIT))
const sizes = fc.oneof(
  fc.bigInt({ min: 1n, max: 20n }).map((steps) => steps * UNIT),
  fc.bigInt({ min: 1n, max: 10n ** 16n }),
)

function lots(side: 'LONG' | 'SHORT'): fc.Arbitrary<readonly ClosingLot[]> {
  const lot = fc.record({
    price: prices,
    size: sizes,
    isolated: fc.boolean(),
    entryTime: fc.integer({ min: 0, max: 3 }),
  })
  return fc.array(lot, { maxLength: 8 }).map((drawn) =>
    drawn.map(({ price, size, isolated, entryTime }, index) => ({
      tranche: `T${index + 1}`,
      side,
      isolated,
      cost: notional(price, asQuantity(size)),
      quantity: asQuantity(size),
      entryTime,
      sequence: index + 1,
    })),
  )
}

const openOf = (all: readonly ClosingLot[]): bigint => all.reduce((sum, { quantity }) => sum + quantity, 0n)

/** Questions to closing rules: equal prices, equal times, isolated lots, requests of a dust, of exactly everything, of more. */
export function closingCases(): fc.Arbitrary<ClosingCase> {
  return fc
    .constantFrom('LONG' as const, 'SHORT' as const)
    .chain(lots)
    .chain((drawn) => {
      const open = openOf(drawn)
      const quantities = fc.oneof(
        fc.constantFrom(
          1n,
          UNIT,
          open === 0n ? 1n : open,
          open + 1n,
          ...drawn.map(({ quantity }) => quantity as bigint),
        ),
        fc.bigInt({ min: 1n, max: open + UNIT }),
      )
      return fc.record({
        lots: fc.constant(drawn),
        request: fc.record({
          quantity: quantities.map(asQuantity),
          price: prices,
          stepSize: fc.constantFrom(0n, 1n, UNIT, 7n * UNIT).map(asQuantity),
        }),
      })
    })
}

function frozen({ lots: all, request }: ClosingCase): ClosingCase {
  return { lots: Object.freeze(all.map((lot) => Object.freeze({ ...lot }))), request: Object.freeze({ ...request }) }
}

function textOf(parts: readonly ClosingPart[]): string {
  return parts.map(({ tranche, quantity }) => `${tranche} ${formatQuantity(quantity)}`).join(', ')
}

function checkParts(question: ClosingCase, parts: readonly ClosingPart[]): void {
  const left = new Map(question.lots.map((lot) => [lot.tranche, lot.quantity]))
  for (const { tranche, quantity } of parts) {
    const open = left.get(tranche)
    mustHold(open !== undefined, 'a part names an open lot once', () => `${tranche} is not open, or was named before`)
    mustHold(quantity > 0n, 'parts are positive', () => `${tranche} got ${formatQuantity(quantity)}`)
    mustHold(
      open !== undefined && quantity <= open,
      'a part is at most its lot',
      () => `${tranche} got ${formatQuantity(quantity)}`,
    )
    left.delete(tranche)
  }
  const given = parts.reduce((sum, { quantity }) => sum + quantity, 0n)
  const open = openOf(question.lots)
  const due = question.request.quantity < open ? question.request.quantity : open
  const story = (): string => `expected ${formatQuantity(asQuantity(due))} in all, got ${textOf(parts)}`
  mustHold(given === due, 'parts sum to the smaller of the request and what is open', story)
}

function checkPurity(rule: ClosingRule, question: ClosingCase, parts: readonly ClosingPart[]): void {
  const answer = textOf(parts)
  const again = textOf(rule(question.lots, question.request))
  mustHold(again === answer, 'the same question has the same answer', () => `first ${answer}, then ${again}`)
  const reversed = frozen({ ...question, lots: question.lots.toReversed() })
  const amounts = (all: readonly ClosingPart[]): string =>
    textOf([...all].sort((a, b) => (a.tranche < b.tranche ? -1 : 1)))
  const other = amounts(rule(reversed.lots, reversed.request))
  mustHold(
    other === amounts(parts),
    'the order in which lots are listed does not matter',
    () => `${amounts(parts)}, reversed ${other}`,
  )
}

/**
 * Holds a closing rule to its contract: parts are positive, of open lots, at most the lot, and sum to the smaller of the request
 * and what is open; the same question has the same answer; the question is left as it was; the order of the list does not matter.
 *
 * @throws {LawError} `testkit.law-broken`, with the smallest case, its seed and path
 */
export function checkClosingRule(rule: ClosingRule, options: LawOptions = {}): void {
  const law = fc.property(closingCases(), (drawn) => {
    const question = frozen(drawn)
    const parts = rule(question.lots, question.request)
    checkParts(question, parts)
    checkPurity(rule, question, parts)
  })
  runLaw(law, options)
}
