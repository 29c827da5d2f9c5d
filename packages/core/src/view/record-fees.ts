import type { EventOf } from '../book/events.js'
import { plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY, parseMoney } from '../money/money.js'
import type { Quantity } from '../money/quantity.js'
import { addAmount } from '../evolve/amounts.js'
import { splitAmount } from './split-amount.js'
import type { TrancheHistory, TrancheRecord } from './tranche-record.js'

interface LateFee {
  readonly tradeId: string
  readonly asset: string
  readonly amount: Money
}

/** An entry fee that comes after the tranche closed belongs to what was closed, in proportion. */
export function spreadEntryFee(record: TrancheRecord, asset: string, amount: Money): void {
  const shares = splitAmount(
    amount,
    record.reductions.map((reduction) => reduction.quantity),
  )
  for (const [index, reduction] of record.reductions.entries())
    addAmount(reduction.entryFees, asset, shares[index] ?? asMoney(0n))
}

function payOwing(
  owing: readonly { quantity: Quantity; fee: Money | null; feeAsset: string | null }[],
  { asset, amount }: LateFee,
): void {
  const shares = splitAmount(
    amount,
    owing.map(({ quantity }) => quantity),
  )
  for (const [index, booking] of owing.entries()) {
    booking.fee = shares[index] ?? null
    booking.feeAsset = asset
  }
}

function isOwing({ tradeId }: LateFee): (booking: { tradeId: string | null; fee: Money | null }) => boolean {
  return (booking) => booking.tradeId === tradeId && booking.fee === null
}

function payEntry(record: TrancheRecord, fee: LateFee): void {
  payOwing(record.entries.filter(isOwing(fee)), fee)
  if (record.status === 'active') return addAmount(record.openFees, fee.asset, fee.amount)
  addAmount(record.realizedFees, fee.asset, fee.amount)
  spreadEntryFee(record, fee.asset, fee.amount)
}

function payExit(record: TrancheRecord, fee: LateFee): void {
  addAmount(record.realizedFees, fee.asset, fee.amount)
  payOwing(record.reductions.filter(isOwing(fee)), fee)
}

type FeePart = EventOf<'FillFeeBooked'>['parts'][number]

function sumOf(parts: readonly FeePart[]): Money {
  return parts.reduce<Money>((sum, part) => plus(sum, parseMoney(part.amount)), NO_MONEY)
}

/** Fees that a later report carried, for closed tranches as well. What a fill owes a tranche is shared by what it booked there. */
export function recordLateFee(history: TrancheHistory, event: EventOf<'FillFeeBooked'>): void {
  for (const id of new Set(event.parts.map((part) => part.tranche))) {
    const record = history.tranches.get(id)
    if (record === undefined) continue
    const parts = event.parts.filter((part) => part.tranche === id)
    const [entries, exits] = [parts.filter(({ isEntry }) => isEntry), parts.filter(({ isEntry }) => !isEntry)]
    const fee = { tradeId: event.tradeId, asset: event.feeAsset }
    record.unknownFeeCount -= parts.length
    if (entries.length > 0) payEntry(record, { ...fee, amount: sumOf(entries) })
    if (exits.length > 0) payExit(record, { ...fee, amount: sumOf(exits) })
  }
}

/** Funding goes to the tranches that were open, and what came while none was stands beside them. */
export function recordFunding(history: TrancheHistory, event: EventOf<'FundingBooked'>): void {
  for (const part of event.parts) {
    const record = history.tranches.get(part.tranche)
    if (record === undefined) continue
    const amount = parseMoney(part.amount)
    addAmount(record.funding, event.asset, amount)
    const episode = record.isolations.at(-1)
    if (episode?.to === null) addAmount(episode.funding, event.asset, amount)
  }
  const unallocated = parseMoney(event.unallocated)
  if (unallocated !== 0n) addAmount(history.unallocatedFunding, event.asset, unallocated)
}
