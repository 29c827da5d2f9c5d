import { type BookOrder, formatQuantity, parseMoney } from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLog } from '../src/laws/check-log.js'
import { checkReplay } from '../src/laws/check-replay.js'
import { lawParameters } from '../src/laws/run-law.js'
import { Desk } from './desk.js'

/** One thing that a bot or the venue does. */
type Step =
  | { readonly do: 'open'; readonly side: 'LONG' | 'SHORT'; readonly size: number; readonly isLimit: boolean }
  | { readonly do: 'fill' | 'fillPart' | 'cancel' | 'refuse' | 'lose'; readonly pick: number }
  | { readonly do: 'mark'; readonly percent: number }
  | { readonly do: 'close'; readonly pick: number }
  | { readonly do: 'settle' }

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      side: fc.constantFrom('LONG' as const, 'SHORT' as const),
      size: fc.integer({ min: 1, max: 40 }),
      isLimit: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'fill' as const,
        'fill' as const,
        'fillPart' as const,
        'cancel' as const,
        'refuse' as const,
        'lose' as const,
      ),
      pick: fc.nat({ max: 9 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('mark' as const), percent: fc.integer({ min: -9, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), pick: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
)

const LIMITS = { maxTranches: 3, maxIsolatedTranches: 1, maxTrancheSize: '1500', maxPositionSize: '4000' }

/** A desk around 50 000, and the price it moves. */
class Trading {
  readonly desk: Desk
  private price = 50_000

  constructor(desk: Desk) {
    this.desk = desk
    desk.mark('50000')
  }

  take(step: Step): void {
    const { desk } = this
    if (step.do === 'open') this.open(step)
    else if (step.do === 'mark') this.move(step.percent)
    else if (step.do === 'settle') desk.settle()
    else if (step.do === 'close') {
      const open = [...desk.book.groups.LONG.tranches, ...desk.book.groups.SHORT.tranches]
      const tranche = open[step.pick % Math.max(1, open.length)]
      if (tranche !== undefined) desk.command('closeTranche', { tranche: tranche.id })
    } else this.answer(step)
  }

  private open({ side, size, isLimit }: Extract<Step, { readonly do: 'open' }>): void {
    const price = isLimit ? { price: `${this.price}` } : {}
    this.desk.command('openTranche', { side, quantity: `0.0${String(size).padStart(2, '0')}`, ...price })
  }

  private move(percent: number): void {
    this.price = Math.round(50_000 * (1 + percent / 100))
    this.desk.mark(`${this.price}`)
  }

  private answer({ do: what, pick }: Extract<Step, { readonly pick: number }>): void {
    const { desk } = this
    const waiting = desk.orders().filter(({ purpose }) => purpose === 'entry' || purpose === 'exit')
    const order = waiting[pick % Math.max(1, waiting.length)]
    const quantity = order?.quantity ?? null
    if (order === undefined || quantity === null) return
    const left = quantity - order.filled
    const filled = formatQuantity(order.filled)
    if (what === 'cancel') desk.answer(order, 'cancelled', { filledQuantity: filled })
    else if (what === 'refuse' && order.filled === 0n)
      desk.answer(order, 'refused', { code: '-2019', isPermanent: true })
    else if (what === 'lose') desk.answer(order, 'unknown')
    else if (what === 'fill' || what === 'fillPart') this.fill(order, what === 'fill' ? left : left / 2n)
  }

  private fill(order: BookOrder, quantity: bigint): void {
    if (quantity > 0n)
      this.desk.fillOf(order, formatQuantity(quantity as NonNullable<BookOrder['quantity']>), `${this.price}`)
  }
}

function sumOf(orders: readonly BookOrder[]): bigint {
  return orders.reduce((sum, { quantity, filled }) => sum + (quantity ?? 0n) - filled, 0n)
}

function checkLimits(desk: Desk, side: 'LONG' | 'SHORT'): void {
  const group = desk.book.groups[side]
  const entries = desk.orders('entry').filter((order) => order.side === side)
  const unfilled = entries.filter(({ filled }) => filled === 0n)
  const active = group.tranches.filter(({ isolated }) => !isolated)
  if (entries.length > 0)
    expect(active.length + unfilled.length).toBeLessThanOrEqual(Math.max(LIMITS.maxTranches, active.length))
  // Every entry was asked for at 45 500 to 54 500: its notional is within a tenth of what the limits counted.
  const asked = sumOf(entries) * 45_500n * 10n ** 12n
  expect(asked).toBeLessThanOrEqual(parseMoney(LIMITS.maxPositionSize))
  for (const { quantity } of entries) {
    expect((quantity ?? 0n) * 45_500n * 10n ** 12n).toBeLessThanOrEqual(parseMoney(LIMITS.maxTrancheSize))
  }
  const exits = desk.orders('exit').filter((order) => order.side === side)
  expect(sumOf(exits)).toBeLessThanOrEqual(group.quantity)
}

function checkOrders(desk: Desk): void {
  for (const side of ['LONG', 'SHORT'] as const) checkLimits(desk, side)
  const intended = desk.eventsOf('OrderIntended')
  expect(new Set(intended.map(({ clientOrderId }) => clientOrderId)).size).toBe(intended.length)
  for (const { clientOrderId, reduceOnly } of intended) {
    expect(clientOrderId).toMatch(/^[A-Za-z0-9_-]{1,28}$/)
    expect(reduceOnly).toBe(false)
  }
}

/** What rests at the venue when nothing is left to change. */
function checkProtection(desk: Desk): void {
  for (const side of ['LONG', 'SHORT'] as const) {
    const { quantity, tranches } = desk.book.groups[side]
    const isPast = tranches.some(({ stopPrice }) => stopPrice === null)
    const leaving = sumOf(desk.orders('exit').filter((order) => order.side === side))
    const stops = desk.orders('stop').filter((order) => order.side === side && !order.closePosition)
    const targets = desk.orders('takeProfit').filter((order) => order.side === side)
    // A resting close-position stop covers whatever is open.
    const hasFailSafe = desk.orders('failSafe').some((order) => order.side === side)
    if (!isPast && !hasFailSafe) expect(sumOf(stops) + leaving).toBeGreaterThanOrEqual(quantity)
    expect(sumOf(targets)).toBeLessThanOrEqual(quantity)
  }
}

describe('orders of one book', () => {
  it('never exceeds a limit by intents in flight, whatever the venue answers', () => {
    const law = fc.property(fc.array(steps, { maxLength: 40, size: 'max' }), (taken) => {
      const trading = new Trading(new Desk({ options: LIMITS }))
      for (const step of taken) {
        trading.take(step)
        checkOrders(trading.desk)
      }
      if (trading.desk.events.length === 0) return
      checkLog(trading.desk.events)
      checkReplay(trading.desk.events)
    })
    fc.assert(law, lawParameters())
  })

  it.each([
    { protection: 'PER_TRANCHE' },
    { protection: 'COMBINED' },
    { protection: 'PER_TRANCHE', enableScaledTakeProfit: true },
  ])('covers what is open once orders have come to rest: %o', (options) => {
    const law = fc.property(fc.array(steps, { maxLength: 25, size: 'max' }), (taken) => {
      const trading = new Trading(new Desk({ options: { ...LIMITS, ...options } }))
      for (const step of taken) trading.take(step)
      trading.desk.settle()
      checkProtection(trading.desk)
      checkLog(trading.desk.events)
    })
    fc.assert(law, lawParameters())
  })
})
