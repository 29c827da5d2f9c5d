import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { bookOf, type BookText, bookText, contextText, protectionContextOf } from '../../test/protection-arbitraries.js'
import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { parsePrice } from '../money/price.js'
import type { DesiredExit, DesiredOrder } from './desired-orders.js'
import { hasPassedStop } from './plan-exits.js'
import { planProtection, type ProtectionPlan } from './plan-protection.js'
import { unitsOf } from './protection-unit.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

function total(quantities: readonly (bigint | null)[]): bigint {
  return quantities.reduce<bigint>((sum, quantity) => sum + (quantity ?? 0n), 0n)
}

function ofKind(plan: ProtectionPlan, side: Side, purpose: DesiredOrder['purpose']): readonly DesiredOrder[] {
  return plan.orders.filter((order) => order.side === side && order.purpose === purpose)
}

function exitsOf(plan: ProtectionPlan, side: Side): readonly DesiredExit[] {
  return plan.exits.filter((exit) => exit.side === side)
}

function uncoveredOf(plan: ProtectionPlan, side: Side, kind: string): bigint {
  return total(plan.uncovered.filter((part) => part.side === side && part.kind === kind).map((part) => part.quantity))
}

/** Holds for every side of a random book in a random context. */
function holdsAlways(
  law: (plan: ProtectionPlan, side: Side, at: { book: TrancheBook; context: DecisionContext }) => void,
): void {
  fc.assert(
    fc.property(bookText, contextText, (words, rules) => {
      const book = bookOf(words)
      const context = protectionContextOf(rules)
      const plan = planProtection(book, context, 0)
      for (const side of SIDES) law(plan, side, { book, context })
    }),
    LAW,
  )
}

describe('whatever a book holds, its protection', () => {
  it('leaves nothing without a stop unless it says so', () => {
    holdsAlways((plan, side, { book, context }) => {
      const stops = total(ofKind(plan, side, 'stop').map((order) => order.quantity))
      const exits = exitsOf(plan, side).filter((exit) => exit.reason === 'stop')
      // What a take profit cannot close at market keeps its stop.
      const passed = unitsOf(book, side, context).filter(({ stopPrice }) => hasPassedStop(side, stopPrice, plan.mark))
      const leaving = new Set(passed.flatMap(({ parts }) => parts.map(({ tranche }) => tranche)))
      const unsold = plan.uncovered.filter(({ kind, tranche }) => kind === 'exit' && leaving.has(tranche))
      const said = uncoveredOf(plan, side, 'stop') + total(unsold.map(({ quantity }) => quantity))
      if (ofKind(plan, side, 'failSafe').length > 0) return
      expect(stops + total(exits.map((exit) => exit.quantity)) + said).toBe(book.groups[side].quantity)
    })
  })

  it('never closes more than is open with orders of one kind, market exits counted', () => {
    holdsAlways((plan, side, { book }) => {
      const open = book.groups[side].quantity
      const exits = total(exitsOf(plan, side).map((exit) => exit.quantity))
      expect(total(ofKind(plan, side, 'stop').map((order) => order.quantity))).toBeLessThanOrEqual(open)
      expect(total(ofKind(plan, side, 'takeProfit').map((order) => order.quantity)) + exits).toBeLessThanOrEqual(open)
      for (const tranche of book.groups[side].tranches)
        for (const purpose of ['stop', 'takeProfit'] as const) {
          const parts = ofKind(plan, side, purpose).flatMap((order) => order.allocation)
          const own = parts.filter((part) => part.tranche === tranche.id).map((part) => part.quantity)
          expect(total(own)).toBeLessThanOrEqual(tranche.quantity)
        }
    })
  })

  it('stays within the net position in one-way mode', () => {
    holdsAlways((plan, side, { book }) => {
      if (book.positionMode === 'HEDGE') return
      const net = book.groups.LONG.quantity - book.groups.SHORT.quantity
      const room = side === 'LONG' ? net : -net
      for (const purpose of ['stop', 'takeProfit'] as const) {
        const orders = ofKind(plan, side, purpose)
        expect(orders.every((order) => order.reduceOnly)).toBe(true)
        expect(total(orders.map((order) => order.quantity))).toBeLessThanOrEqual(room > 0n ? room : 0n)
      }
      const reducing = exitsOf(plan, side).filter((exit) => exit.reduceOnly)
      expect(total(reducing.map((exit) => exit.quantity))).toBeLessThanOrEqual(room > 0n ? room : 0n)
    })
  })

  it('speaks the language of the venue: on tick and step, within its limits, allocated exactly', () => {
    holdsAlways((plan, _side, { context }) => {
      const { tickSize, stepSize, minQuantity, maxQuantity, maxMarketQuantity } = context.instrument
      for (const { quantity, price, triggerPrice, allocation, type, closePosition } of plan.orders) {
        for (const level of [price, triggerPrice]) expect((level ?? 0n) % tickSize).toBe(0n)
        expect((price ?? triggerPrice ?? 0n) > 0n).toBe(true)
        expect(closePosition).toBe(quantity === null)
        if (quantity === null) continue
        const largest = type === 'LIMIT' ? maxQuantity : (maxMarketQuantity ?? maxQuantity)
        expect(quantity % stepSize).toBe(0n)
        expect(quantity >= minQuantity).toBe(true)
        if (largest !== null) expect(quantity).toBeLessThanOrEqual(largest)
        if (allocation.length > 0) expect(total(allocation.map((part) => part.quantity))).toBe(quantity)
      }
      for (const exit of plan.exits) expect(exit.quantity % stepSize).toBe(0n)
    })
  })

  it('never puts a stop on the losing side of where its tranche wants it, nor a take profit beyond its target', () => {
    holdsAlways((plan, side, { book, context }) => {
      if (context.config.protection === 'COMBINED') return
      for (const { purpose, allocation, triggerPrice, price } of plan.orders.filter((order) => order.side === side))
        for (const part of allocation) {
          const tranche = book.groups[side].tranches.find((candidate) => candidate.id === part.tranche)
          const isDust = part.quantity < context.instrument.stepSize
          if (tranche === undefined || isDust) continue
          const sign = side === 'LONG' ? 1n : -1n
          if (purpose === 'stop') expect(((triggerPrice ?? 0n) - (tranche.stopPrice ?? 0n)) * sign >= 0n).toBe(true)
          const farthest = tranche.levels.at(-1)?.price ?? tranche.takeProfitPrice ?? 0n
          if (purpose === 'takeProfit') expect(((price ?? 0n) - farthest) * sign <= 0n).toBe(true)
        }
    })
  })

  it('gives way in the venue’s room but never drops a stop', () => {
    holdsAlways((plan, side, { book, context }) => {
      const { maxConditionalOrders } = context.instrument
      const stops = plan.orders.filter((order) => order.type === 'STOP_MARKET')
      const isWanted = book.groups[side].tranches.some((tranche) => tranche.stopPrice !== null)
      const isNetted = plan.uncovered.some((part) => part.side === side && part.reason === 'oneWayNet')
      const isSaid = uncoveredOf(plan, side, 'stop') + uncoveredOf(plan, side, 'exit') > 0n
      if (isWanted && !isNetted && exitsOf(plan, side).length === 0 && !isSaid)
        expect(stops.some((order) => order.side === side)).toBe(true)
      // A close-position stop would close what has no stop on purpose, so there pieces of a large stop may not all fit.
      const canFailSafe = SIDES.every((each) =>
        book.groups[each].tranches.every((tranche) => tranche.stopPrice !== null),
      )
      if (maxConditionalOrders === null || maxConditionalOrders < 2 || !canFailSafe) return
      expect(stops.length).toBeLessThanOrEqual(maxConditionalOrders)
    })
  })

  it('is the same for the same book', () => {
    fc.assert(
      fc.property(bookText, contextText, (words, rules) => {
        const context = protectionContextOf(rules)
        expect(planProtection(bookOf(words), context, 0)).toEqual(planProtection(bookOf(words), context, 0))
      }),
      LAW,
    )
  })
})

describe('while the filters of a symbol cannot be read, its protection', () => {
  const BLIND = { ...unknownInstrument('BTCUSDT'), isTrading: false }
  const refusals = fc.nat({ max: 7 })

  /** Stops and close-position stops were refused so often in a row. */
  function afterRefusals(words: BookText, count: number): TrancheBook {
    const book = bookOf(words)
    for (const purpose of ['stop', 'failSafe'] as const)
      if (count > 0) book.breakers.set(purpose, { failures: count, lastTime: 0 })
    return book
  }

  it('closes nothing that has not passed its own stop, however often stops were refused', () => {
    fc.assert(
      fc.property(bookText, contextText, refusals, (words, rules, count) => {
        const book = afterRefusals(words, count)
        const context = { ...protectionContextOf(rules), instrument: BLIND }
        const plan = planProtection(book, context, 0)
        expect(plan.exits.filter(({ reason }) => reason === 'unprotectable')).toEqual([])
        for (const { side, price } of plan.exits.filter(({ reason }) => reason === 'stop'))
          expect(hasPassedStop(side, price, plan.mark)).toBe(true)
      }),
      LAW,
    )
  })

  it('rests where it would without ticks, or up to half a percent further away, with four digits at most', () => {
    fc.assert(
      fc.property(bookText, contextText, (words, rules) => {
        const book = bookOf(words)
        const context = { ...protectionContextOf(rules), instrument: BLIND }
        const exact = planProtection(book, { ...context, instrument: unknownInstrument('BTCUSDT') }, 0).orders
        const blind = planProtection(book, context, 0).orders
        expect(blind).toHaveLength(exact.length)
        for (const [index, { side, price, triggerPrice, ...terms }] of blind.entries()) {
          const { price: target, triggerPrice: trigger, ...same } = exact[index]!
          expect({ side, ...terms }).toEqual(same)
          const away =
            ((trigger ?? target!) - (triggerPrice ?? price!)) * ((side === 'LONG') === (price === null) ? 1n : -1n)
          expect(away >= 0n && away * 200n <= (trigger ?? target!)).toBe(true)
          expect((triggerPrice ?? price!) % parsePrice('10')).toBe(0n)
        }
      }),
      LAW,
    )
  })
})
