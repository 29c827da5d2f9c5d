import type { EventOf } from '../book/events.js'
import { minus, plus } from '../money/arithmetic.js'
import { asMoney, type Money, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount, splitAmount } from './record-amounts.js'
import { type RecordedReduction, signOf, type TrancheHistory, type TrancheRecord } from './tranche-record.js'

interface LateFee {
  readonly tradeId: string
  readonly asset: string
  readonly amount: Money
}

/** An entry fee that comes after the tranche closed belongs to what was closed, in proportion. */
function payEntry(record: TrancheRecord, { tradeId, asset, amount }: LateFee): void {
  const entry = record.entries.find((candidate) => candidate.tradeId === tradeId && candidate.fee === null)
  if (entry !== undefined) Object.assign(entry, { fee: amount, feeAsset: asset })
  if (record.status === 'active') return addAmount(record.openFees, asset, amount)
  addAmount(record.realizedFees, asset, amount)
  const shares = splitAmount(
    amount,
    record.reductions.map((reduction) => reduction.quantity),
  )
  for (const [index, reduction] of record.reductions.entries())
    addAmount(reduction.entryFees, asset, shares[index] ?? asMoney(0n))
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
  return [proven, { ...reduction, ...rest, levels: [] }]
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

function proveExit(record: TrancheRecord, proof: Proof): void {
  const index = record.reductions.findIndex(
    (reduction) => reduction.estimate === proof.estimate && reduction.quantity >= proof.quantity,
  )
  const reduction = record.reductions[index]
  record.realizedPnl = plus(record.realizedPnl, proof.correction)
  if (proof.fee !== null && proof.feeAsset !== null) {
    addAmount(record.realizedFees, proof.feeAsset, proof.fee)
    if (proof.isProven) record.unknownFeeCount -= 1
  }
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

function proveEntry(record: TrancheRecord, proof: Proof): void {
  const { correction, fee, feeAsset, isProven, tradeId } = proof
  const entry = record.entries.find((candidate) => candidate.tradeId === null)
  if (entry !== undefined) {
    entry.notional = plus(entry.notional, correction)
    if (record.status === 'active') entry.cost = plus(entry.cost, correction)
    if (isProven) Object.assign(entry, { tradeId, evidence: 'fill' })
    if (fee !== null) Object.assign(entry, { fee: plus(entry.fee ?? asMoney(0n), fee), feeAsset })
  }
  if (fee !== null && feeAsset !== null) {
    if (record.status === 'active') addAmount(record.openFees, feeAsset, fee)
    else payEntry(record, { tradeId, asset: feeAsset, amount: fee })
    if (isProven) record.unknownFeeCount -= 1
  }
  if (record.status !== 'active') return correctClosed(record, correction)
  record.cost = plus(record.cost, correction)
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
