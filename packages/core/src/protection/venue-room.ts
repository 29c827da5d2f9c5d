import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { OrderType } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { absolute, minus } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { isBetterExit } from '../policy/pnl.js'
import { type Bundle, sumByTranche, sumOf } from './bundle.js'
import { mergeAt } from './plan-stops.js'
import { type OrderSize, splitQuantity } from './split-quantity.js'

/** What was given up for want of room, mildest first. */
export type DegradationStep = 'combineTakeProfits' | 'combineStops' | 'combinedPair' | 'closePosition'

/**
 * When a side gets a close-position stop: it must where a finer stop cannot rest, else gives way itself before the last stop does;
 * `never` where it would close more than has a stop.
 */
export type FailSafeNeed = 'must' | 'wanted' | 'whenDegraded' | 'lastResort' | 'never'

const CONDITIONAL: readonly OrderType[] = ['STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']

/** Whether an order waits for a trigger and so counts against the venue's limit of conditional orders. */
export function isConditional(type: OrderType): boolean {
  return CONDITIONAL.includes(type)
}

/** Conditional orders of this book that the venue may count: all that are not known to have ended. */
export function conditionalOrders(book: TrancheBook): number {
  let count = 0
  for (const order of book.orders.values()) if (isConditional(order.type) && order.ending === null) count += 1
  return count
}

/** Conditional orders that may still be added; `null` = not limited. The symbol's own limit and the account's both hold. */
export function freeRoom(book: TrancheBook, { conditionalRoom, instrument }: DecisionContext): number | null {
  const { maxConditionalOrders } = instrument
  const bySymbol = maxConditionalOrders === null ? null : maxConditionalOrders - conditionalOrders(book)
  if (conditionalRoom === null) return bySymbol
  return bySymbol === null ? conditionalRoom : Math.min(conditionalRoom, bySymbol)
}

/** What should rest, before the venue's room is looked at. */
export interface RoomWish {
  readonly stops: readonly Bundle[]
  readonly targets: readonly Bundle[]
  /** Take profits cost room only if they are conditional. */
  readonly targetType: OrderType
  readonly failSafes: Readonly<Record<Side, FailSafeNeed>>
}

/** What the room has to hold. */
export interface Room {
  /** Conditional orders this book may have; `null` = not limited. */
  readonly budget: number | null
  readonly stopSize: OrderSize
  readonly targetSize: OrderSize
}

/** What fits. */
export interface FittedOrders {
  readonly stops: readonly Bundle[]
  readonly targets: readonly Bundle[]
  readonly failSafes: readonly Side[]
  /** Sides left with a close-position stop alone, and its trigger. */
  readonly closePosition: ReadonlyMap<Side, Price>
  readonly step: DegradationStep | null
}

/** One slot stays free where a stop with no fail-safe behind it may have to be replaced: the new one is placed first. */
type Candidate = FittedOrders & { readonly keepsSlot: boolean }

function piecesOf(bundles: readonly Bundle[], size: OrderSize): number {
  return bundles.reduce((sum, bundle) => sum + splitQuantity(sumOf(bundle.parts), size).length, 0)
}

function costOf(orders: Candidate, wish: RoomWish, room: Room): number {
  const targets = isConditional(wish.targetType) ? piecesOf(orders.targets, room.targetSize) : 0
  const isBare = orders.stops.some((stop) => !orders.failSafes.includes(stop.side))
  return (
    piecesOf(orders.stops, room.stopSize) + targets + orders.failSafes.length + (orders.keepsSlot && isBare ? 1 : 0)
  )
}

function sidesOf(wish: RoomWish, needs: readonly FailSafeNeed[]): Side[] {
  const sides: readonly Side[] = ['LONG', 'SHORT']
  return sides.filter((side) => needs.includes(wish.failSafes[side]))
}

/** All take profits of a side in one, at the nearest of their prices. */
function combineTargets(targets: readonly Bundle[]): Bundle[] {
  const sides: readonly Side[] = ['LONG', 'SHORT']
  return sides.flatMap((side) => {
    const own = targets.filter((target) => target.side === side)
    const [first] = own
    if (first === undefined || own.length === 1) return own
    const nearest = own.reduce((best, target) => (isBetterExit(side, best.price, target.price) ? target : best), first)
    const isPooled = own.some((target) => target.isPooled)
    return [
      { ...nearest, level: null, isPooled, isMerged: true, parts: sumByTranche(own.flatMap((target) => target.parts)) },
    ]
  })
}

/** The two stops of one side whose triggers are nearest to each other; among equals the first. `null` when none can merge. */
function nearestPair(stops: readonly Bundle[]): readonly [number, number] | null {
  let pair: readonly [number, number] | null = null
  let distance: bigint | null = null
  for (const [left, stop] of stops.entries()) {
    const right = stops.findIndex((other, index) => index > left && other.side === stop.side && !other.isPassed)
    const next = stops[right]
    if (next === undefined || stop.isPassed) continue
    const away = absolute(minus(stop.price, next.price))
    if (distance === null || away < distance) [pair, distance] = [[left, right], away]
  }
  return pair
}

/** All that is wanted, nothing given up. */
function asWished(wish: RoomWish): Candidate {
  const { stops, targets } = wish
  const failSafes = sidesOf(wish, ['must', 'wanted'])
  return { stops, targets, failSafes, closePosition: new Map<Side, Price>(), step: null, keepsSlot: true }
}

function isWithin(orders: Candidate, wish: RoomWish, room: Room): boolean {
  return room.budget === null || costOf(orders, wish, room) <= room.budget
}

/** The declared order of giving way: take profits, then stops pair by pair, then one pair, then a close-position stop alone. */
function* candidates(wish: RoomWish, room: Room): Generator<Candidate> {
  const degraded = sidesOf(wish, ['must', 'wanted', 'whenDegraded'])
  const base = asWished(wish)
  let stops = wish.stops
  const targets = isConditional(wish.targetType) ? combineTargets(wish.targets) : wish.targets
  if (targets !== wish.targets) yield { ...base, stops, targets, step: 'combineTakeProfits' }
  for (let pair = nearestPair(stops); pair !== null; pair = nearestPair(stops)) {
    stops = mergeAt(stops, pair[0], pair[1])
    const step = nearestPair(stops) === null ? 'combinedPair' : 'combineStops'
    yield { ...base, stops, targets, failSafes: degraded, step }
  }
  const step: DegradationStep | null = stops === wish.stops ? null : 'combinedPair'
  yield { ...base, stops, targets, step, keepsSlot: false }
  const last = { ...base, stops, targets, step, keepsSlot: false, failSafes: sidesOf(wish, ['must']) }
  yield last
  yield* closePositionOnly(last, wish, room)
}

/** Where one order cannot hold the last stop of a side, a close-position stop can. */
function* closePositionOnly(orders: Candidate, wish: RoomWish, room: Room): Generator<Candidate> {
  const split = orders.stops.filter(
    (stop) => wish.failSafes[stop.side] !== 'never' && piecesOf([stop], room.stopSize) > 1,
  )
  if (split.length === 0) return
  const closePosition = new Map(split.map((stop) => [stop.side, stop.price]))
  const stops = orders.stops.filter((stop) => !closePosition.has(stop.side))
  const failSafes = [...new Set([...orders.failSafes, ...closePosition.keys()])]
  yield { ...orders, stops, failSafes, closePosition, step: 'closePosition' }
}

/**
 * The first of the declared steps that the venue has room for; the last one where it has room for none, since a stop is never
 * given up. Deterministic.
 */
export function fitRoom(wish: RoomWish, room: Room): FittedOrders {
  const whole = asWished(wish)
  if (isWithin(whole, wish, room)) return whole
  let fitted: FittedOrders = whole
  for (const orders of candidates(wish, room)) {
    fitted = orders
    if (isWithin(orders, wish, room)) break
  }
  return fitted
}
