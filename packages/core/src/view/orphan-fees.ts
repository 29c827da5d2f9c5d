import type { BookEvent, EventOf } from '../book/events.js'
import type { Amounts } from '../book/tranche.js'
import { addAmount } from '../evolve/amounts.js'
import { minus, negate } from '../money/arithmetic.js'
import { type Money, parseMoney, shareOf } from '../money/money.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'

/** A close that waits for its entry, and its fee; `null` = not reported yet. */
interface Waiting {
  fee: Money | null
  asset: string | null
  quantity: Quantity
  /** Given up: its fee counts. */
  isOrphan: boolean
}

/** Closes that found nothing to close, and the fees of those that were given up. */
export interface OrphanFees {
  /** By trade id. */
  readonly waiting: Map<string, Waiting>
  /** The caller's sum, to which the fees of orphans are added. */
  readonly fees: Amounts
}

function waitForEntry({ waiting }: OrphanFees, { tradeId, unmatched, feeAsset }: EventOf<'FillBooked'>): void {
  if (unmatched === null) return
  const fee = unmatched.fee === null ? null : parseMoney(unmatched.fee)
  waiting.set(tradeId, { fee, asset: feeAsset, quantity: parseQuantity(unmatched.quantity), isOrphan: false })
}

/** The fee of an orphan counts, until an entry is found for it: then the reduction brings it again. */
function count({ fees }: OrphanFees, { asset, isOrphan }: Waiting, fee: Money | null): void {
  if (isOrphan && fee !== null && asset !== null) addAmount(fees, asset, fee)
}

function settle(orphans: OrphanFees, { tradeId, quantity: text }: EventOf<'UnmatchedSettled'>): void {
  const close = orphans.waiting.get(tradeId)
  if (close === undefined) return
  const quantity = parseQuantity(text)
  if (close.fee !== null) {
    const share = shareOf(close.fee, quantity, close.quantity)
    close.fee = minus(close.fee, share)
    count(orphans, close, negate(share))
  }
  close.quantity = minus(close.quantity, quantity)
  if (close.quantity === 0n) orphans.waiting.delete(tradeId)
}

function giveUp(orphans: OrphanFees, { tradeId }: EventOf<'FillOrphaned'>): void {
  const close = orphans.waiting.get(tradeId)
  if (close === undefined) return
  close.isOrphan = true
  count(orphans, close, close.fee)
}

/** Of a fee that comes late, what the bookings leave belongs to what still waits. */
function payLate(orphans: OrphanFees, { tradeId, fee, feeAsset, parts }: EventOf<'FillFeeBooked'>): void {
  const close = orphans.waiting.get(tradeId)
  if (close === undefined || close.fee !== null) return
  const left = parts.reduce<Money>((rest, { amount }) => minus(rest, parseMoney(amount)), parseMoney(fee))
  Object.assign(close, { fee: left, asset: feeAsset })
  count(orphans, close, left)
}

/** Folds one event into the fees of closes without an entry, in place. */
export function recordOrphanFees(orphans: OrphanFees, event: BookEvent): void {
  switch (event.type) {
    case 'FillBooked':
      return waitForEntry(orphans, event)
    case 'UnmatchedSettled':
      return settle(orphans, event)
    case 'FillOrphaned':
      return giveUp(orphans, event)
    case 'FillFeeBooked':
      return payLate(orphans, event)
    default:
      return undefined
  }
}
