import type { EventOf } from '../book/events.js'
import { larger, minus, plus, smaller } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import { pnlAt } from '../policy/pnl.js'
import type { IsolationEpisode, TrancheHistory, TrancheRecord } from './tranche-record.js'

function isLosing({ side, cost, quantity }: TrancheRecord, price: Price): boolean {
  return pnlAt({ side, cost, quantity }, price) < 0n
}

/** The stretch of isolation that a tranche is in; `null` = it is not isolated. */
function currentIsolation(record: TrancheRecord): IsolationEpisode | null {
  const last = record.isolations.at(-1)
  return last?.to === null ? last : null
}

/** A stretch of isolation begins. */
export function recordIsolated(
  history: TrancheHistory,
  record: TrancheRecord,
  event: EventOf<'TrancheIsolated'>,
): void {
  const price = event.price === null ? null : parsePrice(event.price)
  const seen = price ?? history.mark
  record.isolated = true
  record.isolatedTime = event.time
  record.isolatedPrice = price
  record.isolations.push({
    from: event.time,
    to: null,
    end: null,
    price: seen,
    quantity: record.quantity,
    invested: seen === null ? null : notional(seen, record.quantity),
    proceeds: NO_MONEY,
    remaining: record.quantity,
    endPrice: null,
    funding: {},
    highestMark: seen,
    lowestMark: seen,
    underWaterMs: 0,
    underWaterSince: seen !== null && isLosing(record, seen) ? event.time : null,
  })
}

/** What was added to an isolated tranche was invested later, at its own price. */
export function addToIsolation(record: TrancheRecord, quantity: Quantity, cost: Money): void {
  const episode = currentIsolation(record)
  if (episode === null) return
  episode.remaining = plus(episode.remaining, quantity)
  episode.invested = episode.invested === null ? null : plus(episode.invested, cost)
}

/** What was closed of an isolated tranche. */
export function takeFromIsolation(record: TrancheRecord, quantity: Quantity, proceeds: Money): void {
  const episode = currentIsolation(record)
  if (episode === null) return
  episode.remaining = minus(episode.remaining, quantity)
  episode.proceeds = plus(episode.proceeds, proceeds)
}

function countWater(episode: IsolationEpisode, time: number, isUnder: boolean): void {
  if (episode.underWaterSince !== null) episode.underWaterMs += Math.max(0, time - episode.underWaterSince)
  episode.underWaterSince = isUnder ? time : null
}

/** A stretch of isolation ends; what is left then is valued at the price given, or at the newest mark. */
export function endIsolation(
  record: TrancheRecord,
  end: NonNullable<IsolationEpisode['end']>,
  at: { readonly time: number; readonly price: Price | null },
): void {
  const episode = currentIsolation(record)
  if (episode === null) return
  countWater(episode, at.time, false)
  episode.to = at.time
  episode.end = end
  episode.endPrice = episode.remaining === 0n ? null : at.price
}

/** Release: the tranche is active again. */
export function recordReleased(
  history: TrancheHistory,
  record: TrancheRecord,
  event: EventOf<'TrancheReleased'>,
): void {
  endIsolation(record, 'released', {
    time: event.time,
    price: event.price === null ? history.mark : parsePrice(event.price),
  })
  record.isolated = false
  record.isolatedTime = null
  record.isolatedPrice = null
}

function widest(current: Price | null, seen: Price, pick: (left: Price, right: Price) => Price): Price {
  return current === null ? seen : pick(current, seen)
}

/** A recorded mark, and the extremes since the one before, enter the life of every open tranche. */
export function recordMark(history: TrancheHistory, event: EventOf<'MarkObserved'>): void {
  const [price, high, low] = [parsePrice(event.price), parsePrice(event.high), parsePrice(event.low)]
  history.mark = price
  for (const record of history.open.values()) {
    record.highestMark = widest(record.highestMark, high, larger)
    record.lowestMark = widest(record.lowestMark, low, smaller)
    const episode = currentIsolation(record)
    if (episode === null) continue
    episode.highestMark = widest(episode.highestMark, high, larger)
    episode.lowestMark = widest(episode.lowestMark, low, smaller)
    countWater(episode, event.time, isLosing(record, price))
  }
}
