import { type EventDocs, SHARED } from './event-doc.js'

const { clientOrderId } = SHARED

/** Orders and cancels, always intended before they are sent. */
export const ORDER_DOCS: EventDocs<
  | 'OrderIntended'
  | 'OrderAcknowledged'
  | 'OrderTriggered'
  | 'OrderRefused'
  | 'OrderOutcomeUnknown'
  | 'OrderEnding'
  | 'OrderClosed'
  | 'CancelIntended'
  | 'CancelRefused'
  | 'LeverageIntended'
> = {
  OrderIntended: {
    meaning: 'An order shall be sent. It changes no quantity; it holds its slot until it ends.',
    when: 'before the order goes out',
    fields: {
      clientOrderId: 'a function of stream, intent and attempt: sent again, it is the same order',
      intent: 'number of the intent in this book',
      attempt: 'from 1',
      purpose: '`entry`, `exit`, `stop`, `takeProfit`, `failSafe`',
      orderType: '`LIMIT`, `MARKET`, `STOP_MARKET`, `TAKE_PROFIT_MARKET`, `TRAILING_STOP_MARKET`',
      side: 'group it belongs to',
      orderSide: '`BUY` or `SELL`',
      positionSide: SHARED.positionSide,
      quantity: 'base; `null` with `closePosition`',
      price: 'limit, quote per base; `null` = at market',
      triggerPrice: 'quote per base; `null` = not conditional',
      reduceOnly: 'whether the venue may only reduce with it (one-way mode)',
      closePosition: 'whether it closes the whole position',
      allocation: 'which tranche each part of its fills closes; empty = by closing rule',
      level: 'take-profit level, from 1; `null` = none',
      entryTranche: 'tranche its fills join; `null` = a new one',
      label: 'of the tranche it opens; `null` = none',
      reason: 'why, in a word',
    },
  },
  OrderAcknowledged: {
    meaning: 'The venue has it.',
    when: 'its answer or stream says so',
    fields: { clientOrderId, venueOrderId: '`null` = not told' },
  },
  OrderTriggered: {
    meaning: 'A conditional order became a live one.',
    when: 'the venue reports it',
    fields: { clientOrderId, childOrderId: "the live order's id; `null` = the same, or not told" },
  },
  OrderRefused: {
    meaning: 'The venue said no, definitively.',
    when: 'its answer says so',
    fields: {
      clientOrderId,
      code: "the venue's; `null` = none",
      message: "the venue's; `null` = none",
      isPermanent: 'whether trying again is pointless',
      wouldTrigger: "whether the price was at or past the order's trigger; version 1 did not say: false",
    },
  },
  OrderOutcomeUnknown: {
    meaning: 'Nobody knows whether the venue has it. It is looked for, never sent again blindly.',
    when: 'no answer, or one that says nothing',
    fields: { clientOrderId, message: 'what was seen; `null` = nothing' },
  },
  OrderEnding: {
    meaning: 'It is over at the venue, but fills that the venue counts have not arrived here yet.',
    when: 'a final report counts more than was booked',
    fields: {
      clientOrderId,
      status: '`filled`, `cancelled`, `expired`',
      filledQuantity: "base, cumulative, the venue's count",
    },
  },
  OrderClosed: {
    meaning: 'It is over, and all its fills are booked.',
    when: 'a final report, or the last missing fill',
    fields: {
      clientOrderId,
      status: '`filled`, `cancelled`, `expired`, `absent` (never reached the venue)',
      filledQuantity: 'base, cumulative; `null` = unknown',
    },
  },
  CancelIntended: {
    meaning: 'A cancel shall be sent.',
    when: 'before it goes out',
    fields: { clientOrderId, reason: '`obsolete`, `replaced`, `instantTakeProfit`, `killSwitch`, …' },
  },
  CancelRefused: {
    meaning: 'The venue did not cancel. «Unknown order» means look, not success.',
    when: 'its answer says so',
    fields: {
      clientOrderId,
      code: "the venue's; `null` = none",
      message: "the venue's; `null` = none",
      retryTime: 'when it may be cancelled again, epoch ms; `null` = at once, as in version 1',
    },
  },
  LeverageIntended: {
    meaning: 'The venue shall be asked for another leverage.',
    when: '`isolationAction: REDUCE_LEVERAGE`',
    fields: { leverage: 'times', reason: 'why, in a word' },
  },
}
