import type { EventHeader, EventOf, EventType } from '../../src/book/events.js'

type Body<Type extends EventType> = Omit<EventOf<Type>, keyof EventHeader | 'type'>

/** What the page on events says of one type; the compiler asks for every field. */
export interface EventDoc<Type extends EventType> {
  readonly meaning: string
  readonly when: string
  readonly fields: { readonly [Name in keyof Body<Type>]-?: string }
}

/** What the page says of some types. */
export type EventDocs<Types extends EventType> = { readonly [Type in Types]: EventDoc<Type> }

/** Fields that many events share. */
export const SHARED = {
  tranche: 'id of the tranche',
  side: '`LONG` or `SHORT`',
  feeAsset: 'asset of the fee; `null` with an unknown fee',
  clientOrderId: 'our id of the order, from its intent',
  positionSide: '`LONG`, `SHORT` (hedge) or `BOTH` (one-way)',
  takeProfitPrice: 'single target, quote per base; `null` = none, or levels instead',
  stopPrice: 'stop, quote per base; `null` = none',
  levels:
    'scaled take profit: profit and share in percent, price, quantity, what filled, when it was hit; empty = single target',
  tradeId: "the venue's trade id; `null` = booked without a fill",
  orderId: "the venue's order id; `null` = unknown",
} as const
