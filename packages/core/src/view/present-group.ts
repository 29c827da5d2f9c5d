import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { TrancheGroup } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { asMoney, averagePrice, type Money, NO_MONEY, notional } from '../money/money.js'
import type { Price } from '../money/price.js'
import type { BridgeView, GroupView } from './group-view.js'
import { presentAmounts, presentTranche, recordOf } from './present-tranche.js'
import { orNull, type Presentation } from './presentation.js'
import { breakevenAfterFees, marginOf, percentOf, unrealizedAt } from './profit-figures.js'
import { addAmounts } from '../evolve/amounts.js'
import type { TrancheRecord } from './tranche-record.js'
import type { ViewPoint } from './tranche-view.js'
import { netOf, valueInQuote } from './valuation.js'

function presentBridge<Figure>(book: TrancheBook, side: Side, present: Presentation<Figure>): BridgeView<Figure> {
  const { LONG, SHORT } = book.groups
  const own = book.positionMode === 'HEDGE' ? book.groups[side].realizedPnl : plus(LONG.realizedPnl, SHORT.realizedPnl)
  const { realizedPnl, reportedPnl } = book.averageCost[positionSideOf(book, side)]
  return {
    own: present.money(own),
    averageCost: present.money(realizedPnl),
    difference: present.money(minus(realizedPnl, own)),
    reported: orNull(reportedPnl, present.money),
    unexplained: reportedPnl === null ? null : present.money(minus(reportedPnl, realizedPnl)),
  }
}

function marginAt(group: TrancheGroup, mark: Price | null): Money | null {
  if (mark === null) return null
  return group.tranches.reduce<Money>(
    (sum, { quantity, leverage }) => plus(sum, marginOf(notional(mark, quantity), leverage)),
    NO_MONEY,
  )
}

interface Figures {
  readonly unrealized: Money | null
  readonly fees: Money | null
  readonly funding: Money | null
  readonly net: Money | null
  readonly margin: Money
  readonly breakeven: Price | null
}

function figuresOf(group: TrancheGroup, at: ViewPoint): Figures {
  const openFees = {}
  for (const tranche of group.tranches) addAmounts(openFees, tranche.openFees)
  const isOpenFeeKnown = group.tranches.every((tranche) => tranche.unknownFeeCount === 0)
  const costs = { openFees: isOpenFeeKnown ? valueInQuote(openFees, at) : null, takerFeePercent: at.takerFeePercent }
  const fees = group.unknownFeeCount > 0 ? null : valueInQuote(group.fees, at)
  const funding = valueInQuote(group.funding, at)
  return {
    unrealized: unrealizedAt(group, at.mark),
    fees,
    funding,
    net: netOf(group.realizedPnl, fees, funding),
    margin: group.tranches.reduce<Money>((sum, { cost, leverage }) => plus(sum, marginOf(cost, leverage)), NO_MONEY),
    breakeven: breakevenAfterFees(group, costs),
  }
}

/** What is presented, and how. */
export interface GroupRequest<Figure> {
  readonly side: Side
  readonly present: Presentation<Figure>
  /** Tranches to list; `null` = those that are open. */
  readonly records: readonly TrancheRecord[] | null
}

/** A group, presented. */
export function presentGroup<Figure>(
  book: TrancheBook,
  at: ViewPoint,
  { side, present, records }: GroupRequest<Figure>,
): GroupView<Figure> {
  const group = book.groups[side]
  const { unrealized, fees, funding, net, margin, breakeven } = figuresOf(group, at)
  const isOpen = group.quantity > 0n
  const isolatedTranches = group.tranches.filter((tranche) => tranche.isolated).length
  const average = isOpen ? averagePrice(group.cost, group.quantity, 'nearest') : null
  const total = net === null || unrealized === null ? null : asMoney(net + unrealized)
  const shown = records ?? group.tranches.map(recordOf)
  return {
    side,
    quantity: present.quantity(group.quantity),
    weightedAverageEntry: orNull(average, present.price),
    realizedPnl: present.money(group.realizedPnl),
    unrealizedPnl: orNull(unrealized, present.money),
    fees: orNull(fees, present.money),
    funding: orNull(funding, present.money),
    netPnl: orNull(net, present.money),
    syncStatus: book.checks[positionSideOf(book, side)]?.status ?? null,
    tranches: shown.map((record) => presentTranche(record, at, present)),
    totalPnl: orNull(total, present.money),
    cost: present.money(group.cost),
    mark: orNull(at.mark, present.price),
    margin: present.money(margin),
    pnlPercent: orNull(percentOf(unrealized, group.cost), present.percent),
    roePercent: orNull(percentOf(unrealized, margin), present.percent),
    roeAtMarkPercent: orNull(percentOf(unrealized, marginAt(group, at.mark)), present.percent),
    breakevenPrice: orNull(breakeven, present.price),
    bridge: presentBridge(book, side, present),
    activeTranches: group.tranches.length - isolatedTranches,
    isolatedTranches,
    feesByAsset: presentAmounts(group.fees, present),
    fundingByAsset: presentAmounts(group.funding, present),
    unknownFeeCount: group.unknownFeeCount,
    hasUnknownStart: group.hasUnknownStart,
    unmatched: group.unmatched.map(({ tradeId, quantity, isOrphan }) => ({
      tradeId,
      quantity: present.quantity(quantity),
      isOrphan,
    })),
  }
}
