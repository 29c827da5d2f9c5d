import type { EventOf } from '../book/events.js'
import { asMoney, type Money, parseMoney } from '../money/money.js'
import { addAmount, splitAmount } from './record-amounts.js'
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

function payEntry(record: TrancheRecord, { tradeId, asset, amount }: LateFee): void {
  const entry = record.entries.find((candidate) => candidate.tradeId === tradeId && candidate.fee === null)
  if (entry !== undefined) Object.assign(entry, { fee: amount, feeAsset: asset })
  if (record.status === 'active') return addAmount(record.openFees, asset, amount)
  addAmount(record.realizedFees, asset, amount)
  spreadEntryFee(record, asset, amount)
}

function payExit(record: TrancheRecord, { tradeId, asset, amount }: LateFee): void {
  addAmount(record.realizedFees, asset, amount)
  const owing = record.reductions.filter((reduction) => reduction.tradeId === tradeId && reduction.fee === null)
  const shares = splitAmount(
    amount,
    owing.map((reduction) => reduction.quantity),
  )
  for (const [index, reduction] of owing.entries()) {
    reduction.fee = shares[index] ?? null
    reduction.feeAsset = asset
  }
}

/** Fees that a later report carried, for closed tranches as well. */
export function recordLateFee(history: TrancheHistory, event: EventOf<'FillFeeBooked'>): void {
  for (const part of event.parts) {
    const record = history.tranches.get(part.tranche)
    if (record === undefined) continue
    const fee = { tradeId: event.tradeId, asset: event.feeAsset, amount: parseMoney(part.amount) }
    record.unknownFeeCount -= 1
    if (part.isEntry) payEntry(record, fee)
    else payExit(record, fee)
  }
}

/** Funding goes to the tranches that were open. */
export function recordFunding(history: TrancheHistory, event: EventOf<'FundingBooked'>): void {
  for (const part of event.parts) {
    const record = history.tranches.get(part.tranche)
    if (record === undefined) continue
    const amount = parseMoney(part.amount)
    addAmount(record.funding, event.asset, amount)
    const episode = record.isolations.at(-1)
    if (episode?.to === null) addAmount(episode.funding, event.asset, amount)
  }
}
