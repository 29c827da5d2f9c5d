import { add, isZero, multiply, order, parseRatio, quotient, subtract, toText, total, ZERO } from '../exact/ratio.js'
import { LawError, mustHold } from './law-error.js'
import { type Ledger, type LedgerFill, type Placed, placeOf } from './log-ledger.js'
import { isSameAmount, openTrancheOf } from './tranche-laws.js'

/** Books a fill, once. */
export function noteFillBooked(ledger: Ledger, place: Placed<'FillBooked'>): void {
  const { event } = place
  mustHold(!ledger.fills.has(event.tradeId), 'a fill is booked once', () => `${placeOf(place)}: trade ${event.tradeId}`)
  const fill: LedgerFill = {
    quantity: parseRatio(event.quantity),
    price: parseRatio(event.price),
    fee: event.fee === null ? null : parseRatio(event.fee),
    opens: parseRatio(event.opens?.quantity ?? '0'),
    closes: parseRatio(event.closes?.quantity ?? '0'),
    unmatched: parseRatio(event.unmatched?.quantity ?? '0'),
    replaces: parseRatio(event.replaces?.quantity ?? '0'),
    opened: ZERO,
    reduced: ZERO,
    replaced: ZERO,
    feeBooked: ZERO,
  }
  ledger.fills.set(event.tradeId, fill)
}

/** Remembers the part of a fill that proved an estimate instead of moving a quantity. */
export function noteEstimateReplaced(ledger: Ledger, place: Placed<'EstimateReplaced'>): void {
  const { event } = place
  const fill = ledger.fills.get(event.tradeId)
  if (fill === undefined) throw new LawError('only a booked fill replaces an estimate', placeOf(place))
  fill.replaced = add(fill.replaced, parseRatio(event.quantity))
  for (const { tranche, correction } of event.parts) {
    const corrected = ledger.tranches.get(tranche)
    if (corrected === undefined) throw new LawError('events speak of known tranches', placeOf(place))
    corrected.isCorrected = true
    if (event.kind === 'exit') {
      corrected.realizedPnl = add(corrected.realizedPnl, parseRatio(correction))
      ledger.cash = add(ledger.cash, parseRatio(correction))
    }
  }
}

/** A fee that became known later, spread in full over the parts of its fill. */
export function noteFeeBooked(place: Placed<'FillFeeBooked'>): void {
  const { fee, parts } = place.event
  const given = total(parts.map(({ amount }) => parseRatio(amount)))
  const isSpread = parts.length === 0 || isSameAmount(given, parseRatio(fee))
  mustHold(isSpread, 'a late fee is spread in full', () => `${placeOf(place)}: ${toText(given)} of ${fee}`)
}

/** A funding payment: once, in full, to open tranches. */
export function noteFundingBooked(ledger: Ledger, place: Placed<'FundingBooked'>): void {
  const { fundingId, amount, parts, unallocated } = place.event
  mustHold(
    !ledger.fundingIds.has(fundingId),
    'a funding payment is booked once',
    () => `${placeOf(place)}: ${fundingId}`,
  )
  ledger.fundingIds.add(fundingId)
  for (const { tranche } of parts) openTrancheOf(ledger, place, tranche)
  const given = add(total(parts.map((part) => parseRatio(part.amount))), parseRatio(unallocated))
  mustHold(
    order(given, parseRatio(amount)) === 0,
    'funding is spread in full',
    () => `${placeOf(place)}: ${toText(given)} of ${amount}`,
  )
}

function checkFee(tradeId: string, fill: LedgerFill): void {
  if (fill.fee === null) return
  const matched = add(fill.opened, fill.reduced)
  const due = quotient(multiply(fill.fee, matched), fill.quantity)
  const story = (): string => `trade ${tradeId}: ${toText(fill.feeBooked)} of ${toText(due)} is with its tranches`
  mustHold(isSameAmount(fill.feeBooked, due), 'the parts of a fee are the fee', story)
  if (order(matched, fill.quantity) === 0)
    mustHold(order(fill.feeBooked, fill.fee) === 0, 'the parts of a fee are exactly the fee', story)
}

/** Holds every booked fill to its quantity: opened + closed + waiting + proving an estimate = the fill. */
export function checkFills(ledger: Ledger): void {
  for (const [tradeId, fill] of ledger.fills) {
    const said = total([fill.opens, fill.closes, fill.unmatched, fill.replaces])
    const isWhole = order(said, fill.quantity) === 0
    mustHold(
      isWhole,
      'a fill opens, closes, proves or waits, in full',
      () => `trade ${tradeId}: ${toText(said)} of ${toText(fill.quantity)}`,
    )
    const moved = total([fill.opened, fill.reduced, fill.replaced])
    const waiting = subtract(fill.quantity, moved)
    const isWithin = order(waiting, ZERO) >= 0 && order(waiting, fill.unmatched) <= 0
    const story = (): string =>
      `trade ${tradeId} of ${toText(fill.quantity)}: opened ${toText(fill.opened)}, closed ${toText(fill.reduced)}, proved ${toText(fill.replaced)}, may wait ${toText(fill.unmatched)}`
    mustHold(isWithin, 'tranches move by exactly the fill', story)
    if (isZero(fill.replaced)) checkFee(tradeId, fill)
  }
}
