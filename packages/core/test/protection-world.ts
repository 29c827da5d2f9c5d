import fc from 'fast-check'
import type { TrancheBook } from '../src/book/book.js'
import type { DecisionContext } from '../src/book/context.js'
import type { BookEvent } from '../src/book/events.js'
import type { BookOrder } from '../src/book/order.js'
import type { Side } from '../src/book/tranche.js'
import { decide } from '../src/decide/decide.js'
import { evolveAll } from '../src/evolve/copy-book.js'
import { formatPrice, parsePrice } from '../src/money/price.js'
import { asQuantity, formatQuantity } from '../src/money/quantity.js'
import type { FillInput } from '../src/observe/inputs.js'
import { unfilledOf } from '../src/policy/in-flight.js'
import { aFill, answersOf, gone, refused, reviewOf } from './builders/book-builder.js'
import { eventOf, opened } from './builders/events-builder.js'
import { type BookText, bookOf, type ContextText, protectionContextOf, quantityText } from './protection-arbitraries.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Something that happens between two reviews. `pick` chooses among what is there. */
export type Happening =
  | { readonly type: 'answer'; readonly share: number }
  | { readonly type: 'refuse'; readonly pick: number }
  | { readonly type: 'fill'; readonly pick: number; readonly part: number }
  | { readonly type: 'open'; readonly side: Side; readonly quantity: string; readonly stop: string }
  | { readonly type: 'raiseStop'; readonly pick: number; readonly by: number }
  | { readonly type: 'isolate'; readonly pick: number }
  | { readonly type: 'combine'; readonly isCombined: boolean }
  | { readonly type: 'vanish'; readonly pick: number }

/** Anything of that, answers most often. */
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('answer' as const), share: fc.constantFrom(1, 1, 2, 3) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('refuse' as const), pick: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('fill' as const), pick: fc.nat(9), part: fc.constantFrom(1, 2, 3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('open' as const),
      side: fc.constantFrom<Side>('LONG', 'SHORT'),
      quantity: quantityText(),
      stop: fc.constantFrom('48000', '48500', '49000'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('raiseStop' as const),
      pick: fc.nat(9),
      by: fc.integer({ min: 1, max: 50 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('isolate' as const), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('combine' as const), isCombined: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('vanish' as const), pick: fc.nat(9) }) },
)

/** A book, the venue's side of it, and how late it is. */
export interface World {
  book: TrancheBook
  context: DecisionContext
  time: number
}

function chosen<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(items.length, 1)]
}

function fillOf(world: World, order: BookOrder, part: number): FillInput | null {
  const { book, time } = world
  const open = book.groups[order.side].quantity
  const left = unfilledOf(order) ?? open
  const quantity = left < open ? left : open
  if (quantity === 0n) return null
  const step = world.context.instrument.stepSize
  const some = (quantity / BigInt(part) / step) * step
  const size = formatQuantity(asQuantity(some > 0n ? some : quantity))
  return aFill(book, { order: order.clientOrderId, quantity: size, tradeId: `${book.version}`, time })
}

/** Orders that are filled to the last, where the decision has not closed them itself. */
function closedByFill(book: TrancheBook, time: number): BookEvent[] {
  return [...book.orders.values()]
    .filter((order) => unfilledOf(order) === 0n || (order.closePosition && order.filled > 0n))
    .map((order) =>
      eventOf('OrderClosed', time, { clientOrderId: order.clientOrderId, status: 'filled', filledQuantity: null }),
    )
}

function eventsOf(world: World, happens: Happening): readonly BookEvent[] {
  const { book, context, time } = world
  const orders = [...book.orders.values()]
  const tranches = SIDES.flatMap((side) => book.groups[side].tranches)
  switch (happens.type) {
    case 'answer':
      return answersOf(book, time).filter((_, index) => index % happens.share === 0)
    case 'refuse': {
      const order = chosen(
        orders.filter((candidate) => candidate.state === 'intended'),
        happens.pick,
      )
      return order === undefined ? [] : [refused(order.clientOrderId, time)]
    }
    case 'fill': {
      const order = chosen(
        orders.filter((candidate) => candidate.state === 'working' || candidate.state === 'cancelling'),
        happens.pick,
      )
      const input = order === undefined ? null : fillOf(world, order, happens.part)
      if (input === null) return []
      const events = decide(book, input, context)
      return [...events, ...closedByFill(evolveAll(book, events), time)]
    }
    case 'open': {
      const { side, quantity } = happens
      const isLong = side === 'LONG'
      const tranche = `T${book.nextTranche}`
      const stop = isLong ? happens.stop : '51000'
      return [
        opened({
          time,
          tranche,
          side,
          price: '50000',
          quantity,
          stop,
          takeProfit: isLong ? '52500' : '47500',
          tradeId: null,
        }),
      ]
    }
    case 'raiseStop': {
      const tranche = chosen(tranches, happens.pick)
      if (tranche?.stopPrice == null) return []
      const from = formatPrice(tranche.stopPrice)
      const by = parsePrice(`${tranche.side === 'LONG' ? '' : '-'}${happens.by}`)
      const to = formatPrice((tranche.stopPrice + by) as typeof by)
      const { id, side } = tranche
      return [
        eventOf('StopMoved', time, { tranche: id, side, from, to, rung: 'ladder', forced: false, trailingBest: null }),
      ]
    }
    case 'isolate': {
      const tranche = chosen(
        tranches.filter((candidate) => !candidate.isolated),
        happens.pick,
      )
      if (tranche === undefined) return []
      return [
        eventOf('TrancheIsolated', time, { tranche: tranche.id, side: tranche.side, price: null, pnlPercent: null }),
      ]
    }
    case 'combine':
      world.context = {
        ...context,
        config: { ...context.config, protection: happens.isCombined ? 'COMBINED' : 'PER_TRANCHE' },
      }
      return []
    case 'vanish': {
      const order = chosen(
        orders.filter((candidate) => candidate.state === 'working'),
        happens.pick,
      )
      return order === undefined ? [] : [gone(order.clientOrderId, time)]
    }
  }
}

/** The venue fills every market exit at once, or is rid of it. */
export function exitFills(world: World): readonly BookEvent[] {
  const exit = [...world.book.orders.values()].find((order) => order.purpose === 'exit')
  if (exit === undefined) return []
  const input = fillOf(world, exit, 1)
  const filled = input === null ? [] : decide(world.book, input, world.context)
  const isGone = !evolveAll(world.book, filled).orders.has(exit.clientOrderId)
  const events = isGone ? filled : [...filled, gone(exit.clientOrderId, world.time)]
  return [...events, ...exitFills({ ...world, book: evolveAll(world.book, events) })]
}

/** The same mark, formed just now. */
export function at(context: DecisionContext, time: number): DecisionContext {
  return { ...context, market: context.market === null ? null : { ...context.market, time } }
}

/** What a review decided, and the world as it was before. */
export type Law = (before: TrancheBook, decided: readonly BookEvent[], world: World) => void

/** A life in words: what fast-check shows when a law fails. */
export interface LifeText {
  readonly book: BookText
  readonly context: ContextText
  readonly happenings: readonly Happening[]
}

/** Lets things happen to a book, reviews after each, and holds the law to every review. The world at the end. */
export function live({ book, context, happenings }: LifeText, law: Law): World {
  const world: World = { book: bookOf(book), context: protectionContextOf(context), time: 0 }
  for (const happens of happenings) {
    world.time += 100
    world.context = at(world.context, world.time)
    world.book = evolveAll(world.book, eventsOf(world, happens))
    const decided = reviewOf(world.book, world.context, world.time)
    law(world.book, decided, world)
    world.book = evolveAll(world.book, decided)
  }
  return world
}
