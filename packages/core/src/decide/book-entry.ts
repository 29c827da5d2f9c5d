import type { Because } from '../book/because.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { negate, plus } from '../money/arithmetic.js'
import { formatMoney, notional } from '../money/money.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import { newestActive } from '../policy/entry-joining.js'
import { isAtMost, pnlPercentAt } from '../policy/pnl.js'
import { type Decision, record } from './decision.js'
import { namedTranche } from './fill-direction.js'
import { leastLossy, mergeTranches } from './merge-tranches.js'
import { type Entry, openTranche, opensByName, reanchor, targetTexts } from './open-tranche.js'

/** The tranche an entry joins, with the rule that says so; `null` = it opens a new one. */
interface Home {
  readonly tranche: Tranche | null
  readonly because: Because
}

function fixedHome(group: TrancheGroup, decision: Decision, entry: Entry): Home | null {
  const { order, orderId, side } = entry
  const intended = order?.entryTranche ?? null
  const byIntent = group.tranches.find((tranche) => tranche.id === intended)
  if (byIntent !== undefined)
    return { tranche: byIntent, because: { rule: 'entry.intent', observed: { tranche: byIntent.id } } }
  const byName = namedTranche(decision.book, side, entry.tranche)
  if (byName !== null) return { tranche: byName, because: { rule: 'entry.named', observed: { name: entry.tranche } } }
  const byOrder =
    orderId === null ? undefined : group.tranches.find((tranche) => tranche.entryOrderIds.includes(orderId))
  if (byOrder !== undefined)
    return { tranche: byOrder, because: { rule: 'entry.sameOrder', observed: { order: orderId } } }
  if (opensByName(decision.book, entry))
    return { tranche: null, because: { rule: 'entry.named', observed: { name: entry.tranche } } }
  return null
}

function homeOf(decision: Decision, entry: Entry): Home {
  const group = decision.book.groups[entry.side]
  const fixed = fixedHome(group, decision, entry)
  if (fixed !== null) return fixed
  const { config } = decision.context
  const configured = {
    entryMode: config.entryMode,
    trancheIncrementPercent: formatPercent(config.trancheIncrementPercent),
  }
  if (config.entryMode === 'NEW_TRANCHE' || group.quantity === 0n)
    return { tranche: null, because: { rule: `entry.${config.entryMode}`, configured } }
  const holding = { side: entry.side, cost: group.cost, quantity: group.quantity }
  const newest = newestActive(group)
  const isUnderwater = isAtMost(holding, entry.price, negate(config.trancheIncrementPercent))
  const observed = {
    groupPnlPercent: formatPercent(pnlPercentAt(holding, entry.price)),
    price: formatPrice(entry.price),
  }
  return {
    tranche: isUnderwater ? null : newest,
    because: { rule: 'entry.AVERAGE_UNTIL_UNDERWATER', configured, observed },
  }
}

/** Averaging with all slots taken: the two tranches that lose least become one first, where the configuration says so. */
function makeRoom(decision: Decision, { side, price }: Entry): void {
  const { entryMode, whenFull, maxTranches } = decision.context.config
  if (entryMode !== 'AVERAGE_UNTIL_UNDERWATER' || whenFull !== 'MERGE_LEAST_LOSSY') return
  const group = decision.book.groups[side]
  if (group.tranches.filter((tranche) => !tranche.isolated).length < maxTranches) return
  const because = { rule: 'whenFull.MERGE_LEAST_LOSSY', configured: { whenFull, maxTranches } }
  mergeTranches(decision, leastLossy(group, price), because)
}

/** Books an entry into the tranche that its order, its name or the entry mode says, or into a new one. */
export function bookEntry(decision: Decision, entry: Entry): void {
  const home = homeOf(decision, entry)
  if (home.tranche !== null) return increaseTranche(decision, home.tranche, { entry, because: home.because })
  makeRoom(decision, entry)
  openTranche(decision, entry, home.because)
}

function increaseTranche(decision: Decision, tranche: Tranche, to: { entry: Entry; because: Because }): void {
  const { entry, because } = to
  const cost = plus(tranche.cost, notional(entry.price, entry.quantity))
  const targets = reanchor(decision, tranche, { cost, quantity: plus(tranche.quantity, entry.quantity) })
  record(
    decision,
    {
      type: 'TrancheIncreased',
      tranche: tranche.id,
      side: tranche.side,
      price: formatPrice(entry.price),
      quantity: formatQuantity(entry.quantity),
      fee: entry.fee === null ? null : formatMoney(entry.fee),
      feeAsset: entry.feeAsset,
      tradeId: entry.tradeId,
      orderId: entry.orderId,
      reanchored: targets.stopPrice !== tranche.stopPrice || targets.takeProfitPrice !== tranche.takeProfitPrice,
      ...targetTexts(targets),
    },
    { because, ...(entry.order === null ? {} : { correlationId: entry.order.clientOrderId }) },
  )
}
