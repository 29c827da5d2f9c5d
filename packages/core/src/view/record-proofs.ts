import type { EventOf } from '../book/events.js'
import type { Amounts } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { asMoney, type Money, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { asQuantity, parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount } from '../evolve/amounts.js'
import { splitAmount } from './split-amount.js'
import { spreadEntryFee } from './record-fees.js'
import {
  type RecordedEntry,
  type RecordedReduction,
  signOf,
  type TrancheHistory,
  type TrancheRecord,
} from './tranche-record.js'

interface Proof {
  readonly tradeId: string
  readonly estimate: string
  readonly quantity: Quantity
  readonly price: Price
  readonly correction: Money
  readonly fee: Money | null
  readonly feeAsset: string | null
  readonly isProven: boolean
}

/** The proven part of an estimated reduction, at the fill's own price; whatever is left of it stays an estimate. */
function proveReduction(reduction: RecordedReduction, proof: Proof): RecordedReduction[] {
  const { quantity, price, correction, tradeId, fee, feeAsset } = proof
  const share = shareOf(reduction.realizedPnl, quantity, reduction.quantity)
  const partOf = (whole: Quantity): Quantity => asQuantity((whole * quantity) / reduction.quantity)
  const entryShares = Object.entries(reduction.entryFees).map(
    ([asset, amount]) => [asset, shareOf(amount, quantity, reduction.quantity)] as const,
  )
  const proven: RecordedReduction = {
    ...reduction,
    quantity,
    price,
    realizedPnl: plus(share, correction),
    fee,
    feeAsset,
    entryFees: Object.fromEntries(entryShares),
    tradeId,
    evidence: 'fill',
    estimate: null,
    estimatedPrice: reduction.price,
    bridge: null,
    levels: reduction.levels.map((fill) => ({ ...fill, quantity: partOf(fill.quantity) })),
  }
  if (quantity === reduction.quantity) return [proven]
  const left = Object.fromEntries(
    entryShares.map(([asset, taken]) => [asset, minus(reduction.entryFees[asset] ?? taken, taken)]),
  )
  const rest = {
    quantity: minus(reduction.quantity, quantity),
    realizedPnl: minus(reduction.realizedPnl, share),
    entryFees: left,
  }
  const levels = reduction.levels.map((fill) => ({ ...fill, quantity: minus(fill.quantity, partOf(fill.quantity)) }))
  return [proven, { ...reduction, ...rest, levels }]
}

function correctIsolation(record: TrancheRecord, time: number, dearer: Money): void {
  const episode = record.isolations.find(({ from, to }) => time >= from && (to === null || time <= to))
  if (episode !== undefined) episode.proceeds = plus(episode.proceeds, dearer)
}

/** A correction of the result belongs to what was closed, in proportion. */
function correctEntriesResult(record: TrancheRecord, correction: Money): void {
  const shares = splitAmount(
    correction,
    record.entries.map((entry) => minus(entry.quantity, entry.remaining)),
  )
  for (const [index, entry] of record.entries.entries())
    entry.realizedPnl = plus(entry.realizedPnl, shares[index] ?? asMoney(0n))
}

/** The fee of the proving fill, or that it is owed beside what is still an estimate. */
function payProven(record: TrancheRecord, into: Amounts, { fee, feeAsset, isProven }: Proof): void {
  if (fee === null || feeAsset === null) {
    if (!isProven) record.unknownFeeCount += 1
    return
  }
  addAmount(into, feeAsset, fee)
  if (isProven) record.unknownFeeCount -= 1
}

function proveExit(record: TrancheRecord, proof: Proof): void {
  const index = record.reductions.findIndex(
    (reduction) => reduction.estimate === proof.estimate && reduction.quantity >= proof.quantity,
  )
  const reduction = record.reductions[index]
  record.realizedPnl = plus(record.realizedPnl, proof.correction)
  payProven(record, record.realizedFees, proof)
  correctEntriesResult(record, proof.correction)
  if (reduction === undefined) return
  const dearer = minus(notional(proof.price, proof.quantity), notional(reduction.price, proof.quantity))
  record.exitNotional = plus(record.exitNotional, dearer)
  correctIsolation(record, reduction.time, dearer)
  record.reductions.splice(index, 1, ...proveReduction(reduction, proof))
}

/** A dearer entry of a tranche that has closed was a smaller result. */
function correctClosed(record: TrancheRecord, correction: Money): void {
  const result = asMoney(-signOf(record.side) * correction)
  record.realizedPnl = plus(record.realizedPnl, result)
  record.basisCost = plus(record.basisCost, correction)
  correctEntriesResult(record, result)
  const shares = splitAmount(
    result,
    record.reductions.map((reduction) => reduction.quantity),
  )
  for (const [index, reduction] of record.reductions.entries())
    reduction.realizedPnl = plus(reduction.realizedPnl, shares[index] ?? asMoney(0n))
}

/** The proven part of an estimated entry; whatever is left of it stays an estimate. */
function proveEntryPart(entry: RecordedEntry, { quantity, tradeId, fee, feeAsset }: Proof): RecordedEntry[] {
  const proof = { tradeId, fee, feeAsset, evidence: 'fill', estimate: null } as const
  if (quantity >= entry.quantity) return [{ ...entry, ...proof }]
  const share = (amount: Money): Money => shareOf(amount, quantity, entry.quantity)
  const taken = {
    quantity,
    notional: share(entry.notional),
    remaining: asQuantity((entry.remaining * quantity) / entry.quantity),
    cost: share(entry.cost),
    realizedPnl: share(entry.realizedPnl),
  }
  const left = {
    quantity: minus(entry.quantity, taken.quantity),
    notional: minus(entry.notional, taken.notional),
    remaining: minus(entry.remaining, taken.remaining),
    cost: minus(entry.cost, taken.cost),
    realizedPnl: minus(entry.realizedPnl, taken.realizedPnl),
  }
  return [
    { ...entry, ...taken, ...proof },
    { ...entry, ...left },
  ]
}

/** What of a correction belongs to the quantity that is still open. */
function openShare(record: TrancheRecord, correction: Money): Money {
  if (record.status !== 'active') return asMoney(0n)
  return shareOf(correction, record.quantity, plus(record.quantity, record.exitQuantity))
}

function correctEntry(record: TrancheRecord, proof: Proof): void {
  const index = record.entries.findIndex((entry) => entry.estimate === proof.estimate)
  const entry = record.entries[index]
  if (entry === undefined) return
  const [proven, ...rest] = proveEntryPart(entry, proof)
  if (proven === undefined) return
  proven.notional = plus(proven.notional, proof.correction)
  proven.cost = plus(proven.cost, openShare(record, proof.correction))
  record.entries.splice(index, 1, proven, ...rest)
}

function proveEntry(record: TrancheRecord, proof: Proof): void {
  const { correction, isProven } = proof
  correctEntry(record, proof)
  if (record.status !== 'active') {
    payProven(record, record.realizedFees, proof)
    if (proof.fee !== null && proof.feeAsset !== null) spreadEntryFee(record, proof.feeAsset, proof.fee)
    return correctClosed(record, correction)
  }
  payProven(record, record.openFees, proof)
  const open = openShare(record, correction)
  correctClosed(record, minus(correction, open))
  record.cost = plus(record.cost, open)
  record.basisCost = record.cost
  record.basisQuantity = record.quantity
  record.priceEstimated = !isProven
  if (isProven) record.evidence = 'fill'
}

/** A fill proves what was booked without one, at its own price; closed tranches are corrected too. */
export function recordEstimateReplaced(history: TrancheHistory, event: EventOf<'EstimateReplaced'>): void {
  for (const part of event.parts) {
    const record = history.tranches.get(part.tranche)
    if (record === undefined) continue
    const proof: Proof = {
      tradeId: event.tradeId,
      estimate: event.estimate,
      quantity: parseQuantity(part.quantity),
      price: parsePrice(event.price),
      correction: parseMoney(part.correction),
      fee: part.fee === null ? null : parseMoney(part.fee),
      feeAsset: event.feeAsset,
      isProven: part.isProven,
    }
    if (event.kind === 'exit') proveExit(record, proof)
    else proveEntry(record, proof)
  }
}
