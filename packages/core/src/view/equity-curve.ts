import type { BookEvent } from '../book/events.js'
import { minus, plus } from '../money/arithmetic.js'
import type { Decimal } from '../money/decimal.js'
import { type Money, NO_MONEY, notional } from '../money/money.js'
import { bookIntoLedger, emptyLedger, type Ledger } from './equity-ledger.js'
import { orNull, type Presentation } from './presentation.js'
import { netOf, type Valuation, valueInQuote } from './valuation.js'

/** What a book had earned by a time. Quote; `null` = unknown or unpriced. */
export interface EquityPoint<Figure = Decimal> {
  readonly time: number
  /** Gross, so far. */
  readonly realizedPnl: Figure
  readonly fees: Figure | null
  readonly funding: Figure | null
  /** At the newest recorded mark. */
  readonly unrealizedPnl: Figure | null
  /** Realized − fees + funding + unrealized. */
  readonly equity: Figure | null
}

function unrealizedOf({ held: { LONG, SHORT }, mark }: Ledger): Money | null {
  if (LONG.quantity === 0n && SHORT.quantity === 0n) return NO_MONEY
  if (mark === null) return null
  const long = minus(notional(mark, LONG.quantity), LONG.cost)
  return plus(long, minus(SHORT.cost, notional(mark, SHORT.quantity)))
}

function pointOf<Figure>(ledger: Ledger, time: number, { at, present }: CurveRequest<Figure>): EquityPoint<Figure> {
  const fees = ledger.unknownFeeCount > 0 ? null : valueInQuote(ledger.fees, at)
  const funding = valueInQuote(ledger.funding, at)
  const unrealized = unrealizedOf(ledger)
  const net = netOf(ledger.realizedPnl, fees, funding)
  const equity = net === null || unrealized === null ? null : plus(net, unrealized)
  return {
    time,
    realizedPnl: present.money(ledger.realizedPnl),
    fees: orNull(fees, present.money),
    funding: orNull(funding, present.money),
    unrealizedPnl: orNull(unrealized, present.money),
    equity: orNull(equity, present.money),
  }
}

/** What a curve is drawn with. */
export interface CurveRequest<Figure> {
  readonly at: Valuation
  readonly present: Presentation<Figure>
}

/** A curve that grows with the events of one book. */
export interface GrowingCurve<Figure = Decimal> {
  /** Takes the next event of the log. */
  take(event: BookEvent): void
  /** So far, in rising time; the last point of a moment stands for it. */
  readonly points: readonly EquityPoint<Figure>[]
}

/** Begins a curve, for logs that are too long to be read at once. */
export function openEquityCurve<Figure>(request: CurveRequest<Figure>): GrowingCurve<Figure> {
  const ledger = emptyLedger()
  const points: EquityPoint<Figure>[] = []
  return {
    points,
    take: (event) => {
      if (!bookIntoLedger(ledger, event)) return
      const last = points.at(-1)?.time
      // A late fill changes what is worth now, not what was worth then.
      const time = Math.max(last ?? event.time, event.time)
      if (last === time) points.pop()
      points.push(pointOf(ledger, time, request))
    },
  }
}

/** What a book was worth whenever that changed, from its events, in rising time; the last point of a moment stands for it. */
export function equityCurve<Figure>(
  events: Iterable<BookEvent>,
  request: CurveRequest<Figure>,
): readonly EquityPoint<Figure>[] {
  const curve = openEquityCurve(request)
  for (const event of events) curve.take(event)
  return curve.points
}
