import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aFill, answersOf, gone, refused, reviewOf } from '../../test/builders/book-builder.js'
import { eventOf, opened } from '../../test/builders/events-builder.js'
import { LAW } from '../../test/law-runs.js'
import { bookOf, bookText, contextText, protectionContextOf, quantityText } from '../../test/protection-arbitraries.js'
import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { BookEvent } from '../book/events.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { decide } from '../decide/decide.js'
import { evolveAll } from '../evolve/copy-book.js'
import type { FillInput } from '../observe/inputs.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { asQuantity, formatQuantity } from '../money/quantity.js'
import { unfilledOf, unfilledParts } from '../policy/in-flight.js'
import { compareOrders } from './compare-orders.js'
import { coverage } from './coverage.js'
import { planProtection } from './plan-protection.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Something that happens between two reviews. `pick` chooses among what is there. */
type Happening =
  | { readonly type: 'answer'; readonly share: number }
  | { readonly type: 'refuse'; readonly pick: number }
  | { readonly type: 'fill'; readonly pick: number; readonly part: number }
  | { readonly type: 'open'; readonly side: Side; readonly quantity: string; readonly stop: string }
  | { readonly type: 'raiseStop'; readonly pick: number; readonly by: number }
  | { readonly type: 'isolate'; readonly pick: number }
  | { readonly type: 'combine'; readonly isCombined: boolean }
  | { readonly type: 'vanish'; readonly pick: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
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

interface World {
  book: TrancheBook
  context: DecisionContext
  time: number
  trades: number
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
  world.trades += 1
  const step = world.context.instrument.stepSize
  const some = (quantity / BigInt(part) / step) * step
  const size = formatQuantity(asQuantity(some > 0n ? some : quantity))
  return aFill(book, { order: order.clientOrderId, quantity: size, tradeId: `${world.trades}`, time })
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
function exitFills(world: World): readonly BookEvent[] {
  const exit = [...world.book.orders.values()].find((order) => order.purpose === 'exit')
  if (exit === undefined) return []
  const input = fillOf(world, exit, 1)
  const filled = input === null ? [] : decide(world.book, input, world.context)
  const isGone = !evolveAll(world.book, filled).orders.has(exit.clientOrderId)
  const events = isGone ? filled : [...filled, gone(exit.clientOrderId, world.time)]
  return [...events, ...exitFills({ ...world, book: evolveAll(world.book, events) })]
}

/** What stops that rest for certain cover of each tranche, pooled ones left out. */
function coveredParts(book: TrancheBook, without: ReadonlySet<string>): Map<string, bigint> {
  const covered = new Map<string, bigint>()
  for (const order of book.orders.values())
    if (order.purpose === 'stop' && order.state === 'working' && !without.has(order.clientOrderId))
      for (const part of unfilledParts(order))
        covered.set(part.tranche, (covered.get(part.tranche) ?? 0n) + part.quantity)
  return covered
}

/** The same mark, formed just now. */
function at(context: DecisionContext, time: number): DecisionContext {
  return { ...context, market: context.market === null ? null : { ...context.market, time } }
}

type Law = (before: TrancheBook, decided: readonly BookEvent[], world: World) => void

/** Lets things happen to random books, reviews after each, and holds the laws to every review. */
function holdsAlways(law: Law, last: (world: World) => void = () => undefined): void {
  fc.assert(
    fc.property(
      bookText,
      contextText,
      fc.array(happening, { maxLength: 15, size: 'max' }),
      (words, rules, happenings) => {
        const world: World = { book: bookOf(words), context: protectionContextOf(rules), time: 0, trades: 0 }
        for (const happens of happenings) {
          world.time += 100
          world.context = at(world.context, world.time)
          world.book = evolveAll(world.book, eventsOf(world, happens))
          const decided = reviewOf(world.book, world.context, world.time)
          law(world.book, decided, world)
          world.book = evolveAll(world.book, decided)
        }
        last(world)
      },
    ),
    LAW,
  )
}

function cancelledBy(event: BookEvent): string {
  return event.type === 'CancelIntended' ? event.clientOrderId : ''
}

function sentBy(decided: readonly BookEvent[]): readonly BookEvent[] {
  return decided.filter((event) => event.type === 'OrderIntended' || event.type === 'CancelIntended')
}

describe('whatever happens between reviews', () => {
  it('a review right after a review sends nothing', () => {
    holdsAlways((before, decided, { context, time }) => {
      const after = evolveAll(before, decided)
      expect(sentBy(reviewOf(after, context, time))).toEqual([])
    })
  })

  it('a stop is cancelled only when stops that surely rest cover as much without it, or in one step with its successor', () => {
    holdsAlways((before, decided, { context, time }) => {
      if (context.config.protection === 'COMBINED' || before.positionMode === 'ONE_WAY') return
      const cancelled = decided.flatMap((event, index) => {
        const isSwap = decided[index + 1]?.type === 'OrderIntended'
        return event.type === 'CancelIntended' && !isSwap ? [event.clientOrderId] : []
      })
      const stops = cancelled.filter((id) => before.orders.get(id)?.purpose === 'stop')
      const [had, has] = [coveredParts(before, new Set()), coveredParts(before, new Set(stops))]
      const plan = planProtection(before, context, time)
      if (plan.orders.some((order) => order.closePosition)) return
      for (const side of SIDES)
        for (const { id, quantity } of before.groups[side].tranches) {
          const said = plan.uncovered.filter((part) => part.tranche === id && part.kind === 'stop')
          const needed = quantity - said.reduce((sum, part) => sum + part.quantity, 0n)
          const was = had.get(id) ?? 0n
          if ([...before.orders.values()].some((order) => order.purpose === 'stop' && order.allocation.length === 0))
            continue
          expect((has.get(id) ?? 0n) >= (was < needed ? was : needed)).toBe(true)
        }
    })
  })

  it('nothing is less covered even if the venue confirms every cancel and refuses everything new', () => {
    holdsAlways((before, decided, { context, time }) => {
      const isSwap = (event: BookEvent, index: number): boolean =>
        event.type === 'CancelIntended' && decided[index + 1]?.type === 'OrderIntended'
      if (decided.some(isSwap)) return
      const after = evolveAll(before, decided)
      const worst = sentBy(decided).map((event) =>
        event.type === 'OrderIntended' ? refused(event.clientOrderId, time) : gone(cancelledBy(event), time),
      )
      for (const side of SIDES) {
        const [was, is] = [coverage(before, side, context), coverage(evolveAll(after, worst), side, context)]
        expect(is.covered + context.instrument.stepSize > was.covered).toBe(true)
      }
    })
  })

  it('take profits and exits together never close more than is open once a take profit is placed', () => {
    holdsAlways((before, decided) => {
      const after = evolveAll(before, decided)
      for (const event of decided) {
        if (event.type !== 'OrderIntended' || event.purpose !== 'takeProfit') continue
        for (const part of event.allocation) {
          const claims = [...after.orders.values()]
            .filter((order) => order.purpose === 'takeProfit' || order.purpose === 'exit')
            .flatMap(unfilledParts)
            .filter((claim) => claim.tranche === part.tranche)
          const open = after.groups[event.side].tranches.find((tranche) => tranche.id === part.tranche)?.quantity ?? 0n
          expect(claims.reduce((sum, claim) => sum + claim.quantity, 0n)).toBeLessThanOrEqual(open)
        }
      }
    })
  })

  it('no side ever has two close-position stops that may both be working', () => {
    holdsAlways((before, decided) => {
      const after = evolveAll(before, decided)
      for (const side of SIDES) {
        const guards = [...after.orders.values()].filter((order) => order.closePosition && order.side === side)
        expect(guards.filter((order) => order.state !== 'cancelling').length).toBeLessThanOrEqual(1)
        expect(guards.length).toBeLessThanOrEqual(2)
      }
    })
  })

  it('the venue is not asked for more conditional orders than it has room for', () => {
    holdsAlways((before, decided, { context }) => {
      const room = context.instrument.maxConditionalOrders ?? 1000
      const canFailSafe = SIDES.every((side) =>
        before.groups[side].tranches.every((tranche) => tranche.stopPrice !== null),
      )
      const resting = (book: TrancheBook): number =>
        [...book.orders.values()].filter((order) => order.type === 'STOP_MARKET' && order.state !== 'cancelling').length
      // The stop of what is being closed at market stays until the fill: for that moment the venue has the last word.
      const isLeaving = [...before.orders.values()].some((order) => order.purpose === 'exit')
      if (room < 2 || !canFailSafe || isLeaving) return
      expect(resting(evolveAll(before, decided))).toBeLessThanOrEqual(Math.max(room, resting(before)))
    })
  })

  it('entries and exits are never cancelled', () => {
    holdsAlways((before, decided) => {
      for (const event of decided)
        if (event.type === 'CancelIntended')
          expect(['stop', 'takeProfit', 'failSafe']).toContain(before.orders.get(event.clientOrderId)?.purpose)
    })
  })

  it('once the venue answers everything, what rests is the plan and nothing open is uncovered', () => {
    holdsAlways(
      () => undefined,
      (world) => {
        world.context = at(world.context, 60_000)
        for (let round = 0; round < 30; round += 1) {
          const left = evolveAll(world.book, answersOf(world.book, world.time))
          const answered = evolveAll(left, exitFills({ ...world, book: left }))
          world.book = evolveAll(answered, reviewOf(answered, world.context, 60_000))
        }
        const { book, context } = world
        const plan = planProtection(book, context, 60_000)
        const { actions, waiting } = compareOrders(plan, book, context)
        expect(actions).toEqual([])
        expect(waiting.filter(({ because }) => because !== 'wouldTrigger')).toEqual([])
        const left = [...book.orders.values()].filter((order) => order.purpose !== 'exit')
        // What is below the minimum keeps the stop it has.
        const isSmall = plan.uncovered.some((part) => part.reason === 'belowMinimum')
        if (plan.exits.length === 0 && !waiting.length && !isSmall) expect(left.length).toBe(plan.orders.length)
        for (const side of SIDES) {
          const isSaid = plan.uncovered.some((part) => part.side === side && part.reason !== 'noStop')
          if (!isSaid && waiting.length === 0) expect(coverage(book, side, context).protected).toBe(true)
        }
      },
    )
  })
})
