import { type BookOrder, formatQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import type { Desk } from './desk.js'

/** One thing that a bot or the venue does. */
export type Step =
  | { readonly do: 'open'; readonly side: 'LONG' | 'SHORT'; readonly size: number; readonly isLimit: boolean }
  | { readonly do: 'fill' | 'fillPart' | 'cancel' | 'refuse' | 'lose'; readonly pick: number }
  | { readonly do: 'mark'; readonly percent: number }
  | { readonly do: 'close' | 'add'; readonly pick: number }
  | { readonly do: 'settle' }

/** Steps of a bot and a venue that answers as it likes. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
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
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'add' as const), pick: fc.nat({ max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
)

/** A desk around 50 000, and the price it moves. */
export class Trading {
  readonly desk: Desk
  price = 50_000

  constructor(desk: Desk) {
    this.desk = desk
    desk.mark('50000')
  }

  take(step: Step): void {
    const { desk } = this
    if (step.do === 'open') this.open(step)
    else if (step.do === 'mark') this.move(step.percent)
    else if (step.do === 'settle') desk.settle()
    else if (step.do === 'close' || step.do === 'add') this.change(step.do, step.pick)
    else this.answer(step.do, step.pick)
  }

  private open({ side, size, isLimit }: Extract<Step, { readonly do: 'open' }>): void {
    const price = isLimit ? { price: `${this.price}` } : {}
    this.desk.command('openTranche', { side, quantity: `0.0${String(size).padStart(2, '0')}`, ...price })
  }

  private move(percent: number): void {
    this.price = Math.round(50_000 * (1 + percent / 100))
    this.desk.mark(`${this.price}`)
  }

  private change(what: 'close' | 'add', pick: number): void {
    const { desk } = this
    const open = [...desk.book.groups.LONG.tranches, ...desk.book.groups.SHORT.tranches]
    const tranche = open[pick % Math.max(1, open.length)]?.id
    if (tranche === undefined) return
    if (what === 'close') desk.command('closeTranche', { tranche })
    else desk.command('addToTranche', { tranche, quantity: '0.004' })
  }

  private answer(what: 'fill' | 'fillPart' | 'cancel' | 'refuse' | 'lose', pick: number): void {
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

/** Ids of the entries that were meant to add to a tranche. */
export function addsOf(desk: Desk): ReadonlySet<string> {
  const adding = desk.eventsOf('OrderIntended').filter(({ entryTranche }) => entryTranche !== null)
  return new Set(adding.map(({ clientOrderId }) => clientOrderId))
}

/**
 * Tranches that opened because the one their order meant to add to was gone when it filled: adding needs no slot, so that these may
 * exceed the limits that entries are held to.
 */
export function strayAdds(desk: Desk): number {
  const adds = addsOf(desk)
  return desk.eventsOf('TrancheOpened').filter(({ clientOrderId }) => adds.has(clientOrderId ?? '')).length
}

/** What is still to be filled of orders. */
export function sumOf(orders: readonly BookOrder[]): bigint {
  return orders.reduce((sum, { quantity, filled }) => sum + (quantity ?? 0n) - filled, 0n)
}
