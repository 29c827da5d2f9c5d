import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, gone, refused, reviewOf } from '../../test/builders/book-builder.js'
import { LAW } from '../../test/law-runs.js'
import { bookText, contextText } from '../../test/protection-arbitraries.js'
import { at, exitFills, happening, type Law, live, type World } from '../../test/protection-world.js'
import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import type { Side } from '../book/tranche.js'
import { evolveAll } from '../evolve/copy-book.js'
import { unfilledParts } from '../policy/in-flight.js'
import { compareOrders } from './compare-orders.js'
import { coverage } from './coverage.js'
import { hasPassedStop } from './plan-exits.js'
import { planProtection } from './plan-protection.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** What stops that rest for certain cover of each tranche, pooled ones left out. */
function coveredParts(book: TrancheBook, without: ReadonlySet<string>): Map<string, bigint> {
  const covered = new Map<string, bigint>()
  for (const order of book.orders.values())
    if (order.purpose === 'stop' && order.state === 'working' && !without.has(order.clientOrderId))
      for (const part of unfilledParts(order))
        covered.set(part.tranche, (covered.get(part.tranche) ?? 0n) + part.quantity)
  return covered
}

/** Holds for every review in random lives. */
function holdsAlways(law: Law, last: (world: World) => void = () => undefined): void {
  const happenings = fc.array(happening, { maxLength: 15, size: 'max' })
  const lives = fc.record({ book: bookText, context: contextText, happenings })
  fc.assert(
    fc.property(lives, (life) => last(live(life, law))),
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
      // What must leave keeps its stop until it has left, for good if it is too small to be sold: then the venue has the last word.
      const mark = context.market?.price ?? null
      const isLeaving =
        [...before.orders.values()].some((order) => order.purpose === 'exit') ||
        SIDES.some((side) => before.groups[side].tranches.some(({ stopPrice }) => hasPassedStop(side, stopPrice, mark)))
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
        // What is below the minimum, or below a step, keeps the stop it has.
        const isSmall = plan.uncovered.some(({ reason }) => reason === 'belowMinimum' || reason === 'belowStep')
        if (plan.exits.length === 0 && !waiting.length && !isSmall) expect(left.length).toBe(plan.orders.length)
        for (const side of SIDES) {
          const isSaid = plan.uncovered.some((part) => part.side === side && part.reason !== 'noStop')
          if (!isSaid && waiting.length === 0) expect(coverage(book, side, context).protected).toBe(true)
        }
      },
    )
  })
})
