import {
  decimal,
  id,
  integer,
  optionalDecimal,
  optionalFlag,
  optionalId,
  optionalText,
  recordOf,
  text,
  type WireRecord,
} from '../../wire/wire-fields.js'

/** News of an order: `x` says what happened, `X` where it stands now. */
export interface OrderTradeUpdate {
  readonly eventTime: number
  readonly transactionTime: number
  readonly symbol: string
  readonly clientOrderId: string
  readonly orderId: string
  readonly side: string
  readonly positionSide: string
  readonly orderType: string
  readonly originalType: string
  readonly executionType: string
  readonly status: string
  readonly quantity: string
  readonly filledQuantity: string
  readonly lastQuantity: string
  readonly lastPrice: string
  /** `null` = this was no trade. */
  readonly tradeId: string | null
  readonly commission: string | null
  readonly commissionAsset: string | null
  readonly realizedProfit: string | null
  readonly isMaker: boolean
  readonly closePosition: boolean
  readonly expiryReason: string | null
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseOrderTradeUpdate(value: unknown): OrderTradeUpdate {
  const record = recordOf(value, 'ORDER_TRADE_UPDATE')
  const order = recordOf(record['o'], 'o')
  const orderType = text(order, 'o')
  return {
    eventTime: integer(record, 'E'),
    transactionTime: integer(record, 'T'),
    symbol: text(order, 's'),
    clientOrderId: text(order, 'c'),
    orderId: id(order, 'i'),
    side: text(order, 'S'),
    positionSide: optionalText(order, 'ps') ?? 'BOTH',
    orderType,
    originalType: optionalText(order, 'ot') ?? orderType,
    executionType: text(order, 'x'),
    status: text(order, 'X'),
    quantity: decimal(order, 'q'),
    filledQuantity: decimal(order, 'z'),
    lastQuantity: decimal(order, 'l'),
    lastPrice: decimal(order, 'L'),
    tradeId: optionalId(order, 't'),
    commission: optionalDecimal(order, 'n'),
    commissionAsset: optionalText(order, 'N'),
    realizedProfit: optionalDecimal(order, 'rp'),
    isMaker: optionalFlag(order, 'm'),
    closePosition: optionalFlag(order, 'cp'),
    expiryReason: optionalId(order, 'er'),
    record,
  }
}
