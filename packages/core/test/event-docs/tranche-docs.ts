import { type EventDocs, SHARED } from './event-doc.js'

const { tranche, side } = SHARED
const MARK = 'mark that decided it, quote per base; `null` = by command without a mark'
const PNL_PERCENT = "price move from the entry in the tranche's favour, percent; `null` = no mark"
const ENDED = {
  tranche,
  side,
  exitPrice: 'quantity-weighted price of all its reductions',
  realizedPnl: 'gross, quote, over its life',
  reason: 'of its last reduction',
}

/** Tranches, their stops and their targets. */
export const TRANCHE_DOCS: EventDocs<
  | 'TrancheOpened'
  | 'TrancheIncreased'
  | 'TrancheReduced'
  | 'TrancheClosed'
  | 'TrancheLiquidated'
  | 'TrancheIsolated'
  | 'TrancheReleased'
  | 'TrancheMerged'
  | 'TrancheLabelled'
  | 'TrancheAnnotated'
  | 'StopMoved'
  | 'TakeProfitMoved'
  | 'TakeProfitReached'
> = {
  TrancheOpened: {
    meaning: 'A tranche exists from now on, with the percentages it keeps for life.',
    when: 'a fill opens one (never an order alone), or reconciliation recovers one',
    fields: {
      tranche: 'its id, `T` and a number of the book',
      side,
      label: 'name a person or a bot gave; `null` = none',
      origin: '`intent`: our order; `external`: a trade from outside; `recovered`: found by reconciliation; `adopted`',
      price: 'of the opening fill, quote per base',
      quantity: 'base',
      leverage: 'times, as configured at that moment',
      takeProfitPercent: 'copied from the configuration; `null` = no take profit',
      stopLossPercent: 'copied from the configuration; `null` = no stop',
      fee: 'entry fee, positive = paid; `null` = unknown',
      feeAsset: SHARED.feeAsset,
      tradeId: SHARED.tradeId,
      orderId: SHARED.orderId,
      clientOrderId: 'of the order that opened it; `null` = not ours',
      evidence: '`fill`, `order`, `position` or `estimate`: how well it is proven',
      priceEstimated: 'true where the entry price is not a trade',
      takeProfitPrice: SHARED.takeProfitPrice,
      stopPrice: SHARED.stopPrice,
      levels: SHARED.levels,
    },
  },
  TrancheIncreased: {
    meaning: 'A fill joined the tranche; its average is cost ÷ quantity.',
    when: 'further fills of its order, a fill that names it, or averaging (`AVERAGE_UNTIL_UNDERWATER`)',
    fields: {
      tranche,
      side,
      price: 'of the fill, quote per base',
      quantity: 'base, added',
      fee: 'positive = paid; `null` = unknown',
      feeAsset: SHARED.feeAsset,
      tradeId: SHARED.tradeId,
      orderId: SHARED.orderId,
      reanchored: 'true when stop or target were computed anew from the new average',
      takeProfitPrice: 'after the increase',
      stopPrice: 'after the increase',
      levels: 'after the increase',
    },
  },
  TrancheReduced: {
    meaning: 'A part of the tranche was closed. The entry price of the rest is unchanged.',
    when: 'a fill closes it, or reconciliation finds that the venue holds less',
    fields: {
      tranche,
      side,
      quantity: 'base, closed',
      price: 'quote per base',
      realizedPnl: "against the tranche's own entry, gross, quote",
      fee: "this part's share of the exit fee; `null` = unknown",
      feeAsset: SHARED.feeAsset,
      entryFees: 'entry fees that become realized with this part, by asset',
      tradeId: SHARED.tradeId,
      reason: '`external`, `stop`, `takeProfit`, `failSafe`, `command`, `liquidation`, `drift`, …',
      evidence: '`fill`, `order`, `position` or `estimate`',
      levels: 'take-profit levels this part counts toward (from 1), and whether it completes them',
      bridge: 'result at average cost less `realizedPnl`, quote: why the venue shows another figure; `null` = unknown',
    },
  },
  TrancheClosed: {
    meaning: 'Nothing of the tranche is left.',
    when: 'right after the reduction that brought it to exactly 0',
    fields: ENDED,
  },
  TrancheLiquidated: {
    meaning: 'Nothing is left, because the venue liquidated the position.',
    when: 'right after the last reduction by a liquidation fill; ADL and settlement end with `TrancheClosed`',
    fields: ENDED,
  },
  TrancheIsolated: {
    meaning: 'Its loss reached the threshold: it frees an active slot and stays in every total.',
    when: 'a fresh mark at or beyond `trancheIsolationThreshold`, once; or a command',
    fields: { tranche, side, price: MARK, pnlPercent: PNL_PERCENT },
  },
  TrancheReleased: {
    meaning: 'It counts as active again.',
    when: 'a mark at or above `isolationReleasePercent`; or a command',
    fields: { tranche, side, price: MARK, pnlPercent: PNL_PERCENT },
  },
  TrancheMerged: {
    meaning: 'Tranches became one, quantity-weighted; the older id stays.',
    when: 'by command, or `whenFull: MERGE_LEAST_LOSSY`',
    fields: {
      tranche: 'id that stays',
      side,
      absorbed: 'ids that end here without being closed',
      takeProfitPrice: 'after the merge',
      stopPrice: 'after the merge',
      levels: 'after the merge',
    },
  },
  TrancheLabelled: {
    meaning: 'It got another name.',
    when: 'by command',
    fields: { tranche, side, label: '`null` = the name was taken away' },
  },
  TrancheAnnotated: {
    meaning: 'Somebody noted something about it.',
    when: 'by command',
    fields: { tranche, side, note: 'text, as given' },
  },
  StopMoved: {
    meaning: "The stop stands elsewhere: always in the tranche's favour, unless `forced`.",
    when: 'a level was reached (ladder), the best mark rose (trailing), or a command',
    fields: {
      tranche,
      side,
      from: 'quote per base; `null` = it had none',
      to: 'quote per base',
      rung: '`initial`, `ladder`, `trailing`, `command`',
      forced: "true = against the tranche's favour, by a `moveStop` command with `force`",
      trailingBest: 'best mark a trailing stop follows from now on; `null` = not trailing',
    },
  },
  TakeProfitMoved: {
    meaning: 'The single target stands elsewhere.',
    when: 'by command',
    fields: { tranche, side, from: 'quote per base; `null` = none', to: 'quote per base; `null` = none' },
  },
  TakeProfitReached: {
    meaning: 'A level of scaled take profit was reached. It closes nothing: fills do.',
    when: 'a fresh mark at the level, or a fill that completes it; a gap records all levels it passed, ascending',
    fields: { tranche, side, level: 'from 1', price: 'that reached it', by: '`mark` or `fill`' },
  },
}
