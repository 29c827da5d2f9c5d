import { type EventDocs, SHARED } from './event-doc.js'

/** Fills, prices, funding. */
export const FILL_DOCS: EventDocs<
  | 'FillBooked'
  | 'FillFeeBooked'
  | 'FillOrphaned'
  | 'UnmatchedSettled'
  | 'EstimateReplaced'
  | 'FundingBooked'
  | 'MarkObserved'
> = {
  FillBooked: {
    meaning: 'A trade of the venue was taken in. What it did to tranches is in the events that follow it.',
    when: 'once for each trade id, however often the fill arrives',
    fields: {
      tradeId: "the venue's trade id, or one derived from the input",
      orderId: SHARED.orderId,
      clientOrderId: 'our id, where the order was ours; `null` = not ours, or not told',
      side: '`BUY` or `SELL`',
      positionSide: SHARED.positionSide,
      quantity: 'base, above 0',
      price: 'quote per base',
      fee: 'positive = paid; `null` = not known yet',
      feeAsset: SHARED.feeAsset,
      realizedPnl: "the venue's own figure at average cost, quote, before fees; `null` = not told",
      maker: 'whether it rested in the book; `null` = not told',
      kind: '`trade`, `liquidation`, `adl`, `settlement`',
      tranche: 'label or id the fill named; `null` = none',
      closes: 'side and base quantity that closes; `null` = nothing',
      opens: 'side and base quantity that opens or adds; `null` = nothing. Both in one event = a one-way flip',
      unmatched:
        'closing quantity that found nothing open, with its share of the fee; it waits `reorderWindowMs` for an entry',
      replaces:
        'quantity booked earlier as estimates, which this fill proves, and the side of the first one (a flip may prove an exit and an entry); `null` = none',
      late: 'true when it came after the reorder window had passed its time',
    },
  },
  FillFeeBooked: {
    meaning: 'The fee of a booked fill became known.',
    when: 'a fill that had no fee comes again with one',
    fields: {
      tradeId: 'of the booked fill',
      fee: 'the whole fee; positive = paid',
      feeAsset: 'asset of the fee',
      parts: 'what each booking of the fill bears, and whether as entry or exit fee',
    },
  },
  FillOrphaned: {
    meaning:
      'A closing quantity never found its entry: the position began before the first fill known. Nothing is realized for it; its fee stays with the group.',
    when: 'an unmatched fill has waited `reorderWindowMs`',
    fields: { tradeId: 'of the closing fill', side: SHARED.side, quantity: 'base, given up' },
  },
  UnmatchedSettled: {
    meaning: 'A late entry was found for a close that had come first; the reductions follow.',
    when: "an entry is booked that the venue's order puts before the unmatched close",
    fields: { tradeId: 'of the closing fill', side: SHARED.side, quantity: 'base, settled' },
  },
  EstimateReplaced: {
    meaning:
      'A real fill proved what had been booked as an estimate. History stays; results are corrected by the difference.',
    when: 'a fill arrives whose quantity reconciliation had booked already',
    fields: {
      estimate: 'id of the estimate',
      side: SHARED.side,
      kind: '`entry` or `exit`',
      tradeId: 'of the proving fill',
      quantity: 'base, proven',
      price: 'quote per base, of the fill',
      feeAsset: SHARED.feeAsset,
      parts:
        'for each tranche: quantity, correction of its result (exit) or cost (entry) in quote, fee, and whether nothing is left to prove',
    },
  },
  FundingBooked: {
    meaning: 'A funding payment was spread over the open tranches by quantity.',
    when: 'a funding input arrives, once for each id',
    fields: {
      fundingId: "the venue's id, or one derived from the input",
      amount: 'positive = received',
      asset: 'asset of the payment',
      parts: 'share of each tranche',
      unallocated: 'what no open tranche could bear; 0 = all was spread',
    },
  },
  MarkObserved: {
    meaning:
      'The newest mark price, with the extremes since the last recorded one, as the decision after it may have looked at it.',
    when: 'before the next event that is decided, and every `markSampleMs` where set; other ticks are not recorded',
    fields: {
      price: 'quote per base',
      high: 'highest mark since the last recorded one',
      low: 'lowest mark since the last recorded one',
      markTime: 'epoch ms of the mark itself',
    },
  },
}
