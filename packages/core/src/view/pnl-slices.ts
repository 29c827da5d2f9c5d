import type { Amounts, Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY } from '../money/money.js'
import { feesOf } from './present-tranche.js'
import { unrealizedAt } from './profit-figures.js'
import { addAmounts } from '../evolve/amounts.js'
import { splitAmount } from './split-amount.js'
import type { RecordedReduction, TrancheHistory, TrancheRecord } from './tranche-record.js'
import type { ViewPoint } from './tranche-view.js'

/** Key of the slice of what belongs to no tranche. */
export const NO_TRANCHE = 'noTranche'

/** A part of all results. Slices of one breakdown sum to the whole: results exactly, fees and funding exactly per asset. */
export interface PnlSlice {
  readonly key: string
  readonly side: Side | null
  /** Gross, quote. */
  realizedPnl: Money
  /** `null` = the mark is unknown and something is open. */
  unrealizedPnl: Money | null
  fees: Amounts
  unknownFeeCount: number
  funding: Amounts
  /** Tranches, entries or exits in it. */
  count: number
}

function sliceOf(key: string, side: Side | null): PnlSlice {
  return {
    key,
    side,
    realizedPnl: NO_MONEY,
    unrealizedPnl: NO_MONEY,
    fees: {},
    unknownFeeCount: 0,
    funding: {},
    count: 0,
  }
}

function join(into: PnlSlice, part: Omit<PnlSlice, 'key' | 'side'>): void {
  into.realizedPnl = plus(into.realizedPnl, part.realizedPnl)
  into.unrealizedPnl =
    into.unrealizedPnl === null || part.unrealizedPnl === null ? null : plus(into.unrealizedPnl, part.unrealizedPnl)
  into.unknownFeeCount += part.unknownFeeCount
  into.count += part.count
  addAmounts(into.fees, part.fees)
  addAmounts(into.funding, part.funding)
}

/** Slices of one key become one, in order of appearance. */
export function joinSlices(slices: readonly PnlSlice[]): readonly PnlSlice[] {
  const byKey = new Map<string, PnlSlice>()
  for (const slice of slices) {
    const into = byKey.get(slice.key) ?? sliceOf(slice.key, slice.side)
    join(into, slice)
    byKey.set(slice.key, into)
  }
  return [...byKey.values()]
}

/** All slices as one. */
export function totalOf(slices: readonly PnlSlice[]): PnlSlice {
  const total = sliceOf('total', null)
  for (const slice of slices) join(total, slice)
  return total
}

/** A tranche as a slice under the given key. */
export function sliceOfTranche(record: TrancheRecord, at: ViewPoint, key: string): PnlSlice {
  const { side, cost, quantity, realizedPnl, unknownFeeCount, funding } = record
  const unrealizedPnl = unrealizedAt({ side, cost, quantity }, at.mark)
  const fees = feesOf(record)
  return { key, side, realizedPnl, unrealizedPnl, fees, unknownFeeCount, funding: { ...funding }, count: 1 }
}

function isAny(amounts: Amounts): boolean {
  return Object.values(amounts).some((amount) => amount !== 0n)
}

/** What belongs to no tranche: fees of closes that found nothing to close, funding while nothing was open. None where there is none. */
export function slicesOfNoTranche({ orphans, unallocatedFunding: funding }: TrancheHistory): readonly PnlSlice[] {
  const { fees, waiting } = orphans
  if (!isAny(fees) && !isAny(funding)) return []
  const count = [...waiting.values()].filter(({ isOrphan }) => isOrphan).length
  return [{ ...sliceOf(NO_TRANCHE, null), fees: { ...fees }, funding: { ...funding }, count }]
}

function splitAmounts(
  amounts: Amounts,
  weights: readonly Parameters<typeof splitAmount>[1][number][],
): readonly Amounts[] {
  const shares: Amounts[] = weights.map(() => ({}))
  for (const [asset, amount] of Object.entries(amounts))
    for (const [index, share] of splitAmount(amount, weights).entries())
      addAmounts(shares[index] ?? {}, { [asset]: share })
  return shares
}

function feesOfReduction({ fee, feeAsset, entryFees }: RecordedReduction): Amounts {
  const fees = { ...entryFees }
  if (fee !== null && feeAsset !== null) addAmounts(fees, { [feeAsset]: fee })
  return fees
}

/** Exit fees that are known, by asset. */
function exitFeesOf(record: TrancheRecord): Amounts {
  const fees: Amounts = {}
  for (const { fee, feeAsset } of record.reductions)
    if (fee !== null && feeAsset !== null) addAmounts(fees, { [feeAsset]: fee })
  return fees
}

/** A tranche by its entries: each with its own part of every exit, of exit fees by what was closed, of funding by what it entered. */
export function slicesByEntry(record: TrancheRecord, at: ViewPoint): readonly PnlSlice[] {
  const { side, entries } = record
  const exitFees = splitAmounts(
    exitFeesOf(record),
    entries.map(({ quantity, remaining }) => minus(quantity, remaining)),
  )
  const funding = splitAmounts(
    record.funding,
    entries.map(({ quantity }) => quantity),
  )
  return entries.map((entry, index) => {
    const fees = { ...exitFees[index] }
    if (entry.fee !== null && entry.feeAsset !== null) addAmounts(fees, { [entry.feeAsset]: entry.fee })
    return {
      key: entry.tradeId ?? `${record.id} entry ${index + 1}`,
      side,
      realizedPnl: entry.realizedPnl,
      unrealizedPnl: unrealizedAt({ side, cost: entry.cost, quantity: entry.remaining }, at.mark),
      fees,
      unknownFeeCount: index === entries.length - 1 ? record.unknownFeeCount : 0,
      funding: { ...funding[index] },
      count: 1,
    }
  })
}

/** What is still open, under the key `open`. */
function openSlice(
  record: TrancheRecord,
  at: ViewPoint,
  rest: Pick<PnlSlice, 'funding' | 'unknownFeeCount'>,
): PnlSlice {
  const { side, cost, quantity, openFees } = record
  const unrealizedPnl = unrealizedAt({ side, cost, quantity }, at.mark)
  return { key: 'open', side: null, realizedPnl: NO_MONEY, unrealizedPnl, fees: { ...openFees }, ...rest, count: 1 }
}

/** A tranche by the reasons of its exits, what is still open beside them; funding goes by quantity. */
export function slicesByExit(record: TrancheRecord, at: ViewPoint): readonly PnlSlice[] {
  const { reductions, quantity } = record
  const funding = splitAmounts(record.funding, [...reductions.map((reduction) => reduction.quantity), quantity])
  const owing = reductions.map(({ fee }) => (fee === null ? 1 : 0))
  const unknownEntries = record.unknownFeeCount - owing.reduce<number>((sum, one) => sum + one, 0)
  const isOver = quantity === 0n && reductions.length > 0
  const exits = reductions.map((reduction, index) => ({
    key: reduction.reason,
    side: null,
    realizedPnl: reduction.realizedPnl,
    unrealizedPnl: NO_MONEY,
    fees: feesOfReduction(reduction),
    unknownFeeCount: (owing[index] ?? 0) + (isOver && index === reductions.length - 1 ? unknownEntries : 0),
    funding: { ...funding[index] },
    count: 1,
  }))
  const rest = { funding: { ...funding.at(-1) }, unknownFeeCount: isOver ? 0 : unknownEntries }
  return isOver ? exits : [...exits, openSlice(record, at, rest)]
}
