import type { Side } from '../book/tranche.js'
import { plus } from '../money/arithmetic.js'
import type { Decimal } from '../money/decimal.js'
import { asMoney, type Money, NO_MONEY, notional } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import type { Price } from '../money/price.js'
import { pnlPercentAt } from '../policy/pnl.js'
import { presentAmounts } from './present-tranche.js'
import { orNull, type Presentation } from './presentation.js'
import { excursionsOf } from './profit-figures.js'
import { type IsolationEpisode, signOf, type TrancheRecord } from './tranche-record.js'

/** One stretch of isolation and what it went on to earn or cost. */
export interface IsolationView<Figure = Decimal> {
  readonly tranche: string
  readonly side: Side
  readonly from: number
  /** `null` = it still is isolated. */
  readonly to: number | null
  readonly end: IsolationEpisode['end']
  readonly durationMs: number
  /** Time at a loss, as the recorded marks saw it. */
  readonly underWaterMs: number
  /** Mark at its beginning; `null` = unknown. */
  readonly price: Figure | null
  readonly quantity: Figure
  /**
   * What holding on earned (+) or cost (−), gross, quote: against having closed all of it at `price`. Up to its end, or to the
   * mark while it lasts; `null` where a price is unknown.
   */
  readonly result: Figure | null
  readonly fundingByAsset: Readonly<Record<string, Figure>>
  /** Most and least favourable mark of this stretch, as a move on the tranche's entry. */
  readonly bestExcursionPercent: Figure | null
  readonly worstExcursionPercent: Figure | null
}

/** All isolations of a book. */
export interface IsolationReport<Figure = Decimal> {
  readonly isolations: readonly IsolationView<Figure>[]
  readonly count: number
  /** Those that last. */
  readonly open: number
  /** Ended ones that earned by holding on. */
  readonly worthwhile: number
  /** Σ of the results; `null` as soon as one is unknown. */
  readonly result: Figure | null
}

/** Now, and the mark; both matter only to what still is isolated. */
export interface IsolationPoint {
  /** Epoch ms. */
  readonly now: number
  readonly mark: Price | null
}

function resultOf(side: Side, episode: IsolationEpisode, mark: Price | null): Money | null {
  const { invested, proceeds, remaining, to, endPrice } = episode
  const price = to === null ? mark : endPrice
  if (invested === null || (remaining > 0n && price === null)) return null
  const left = price === null ? NO_MONEY : notional(price, remaining)
  return asMoney(signOf(side) * (proceeds + left - invested))
}

interface Measured {
  readonly record: TrancheRecord
  readonly episode: IsolationEpisode
  readonly result: Money | null
}

function presentIsolation<Figure>(
  { record, episode, result }: Measured,
  now: number,
  present: Presentation<Figure>,
): IsolationView<Figure> {
  const { side, basisCost, basisQuantity } = record
  const { best, worst } = excursionsOf(side, episode.highestMark, episode.lowestMark)
  const moveTo = (price: Price): Percent => pnlPercentAt({ side, cost: basisCost, quantity: basisQuantity }, price)
  const since = episode.underWaterSince
  return {
    tranche: record.id,
    side,
    from: episode.from,
    to: episode.to,
    end: episode.end,
    durationMs: Math.max(0, (episode.to ?? now) - episode.from),
    underWaterMs: episode.underWaterMs + (since === null ? 0 : Math.max(0, now - since)),
    price: orNull(episode.price, present.price),
    quantity: present.quantity(episode.quantity),
    result: orNull(result, present.money),
    fundingByAsset: presentAmounts(episode.funding, present),
    bestExcursionPercent: orNull(orNull(best, moveTo), present.percent),
    worstExcursionPercent: orNull(orNull(worst, moveTo), present.percent),
  }
}

/** What isolating each tranche went on to earn or cost, how long it was under water, and how far it went. */
export function reportIsolation<Figure>(
  records: readonly TrancheRecord[],
  { now, mark }: IsolationPoint,
  present: Presentation<Figure>,
): IsolationReport<Figure> {
  const measured = records.flatMap((record) =>
    record.isolations.map((episode) => ({ record, episode, result: resultOf(record.side, episode, mark) })),
  )
  const total = measured.reduce<Money | null>(
    (sum, { result }) => (sum === null || result === null ? null : plus(sum, result)),
    NO_MONEY,
  )
  return {
    isolations: measured.map((one) => presentIsolation(one, now, present)),
    count: measured.length,
    open: measured.filter(({ episode }) => episode.to === null).length,
    worthwhile: measured.filter(({ episode, result }) => episode.to !== null && result !== null && result > 0n).length,
    result: orNull(total, present.money),
  }
}
