import { decimal, flag, id, integer, recordOf, text, type WireRecord } from '../../wire/wire-fields.js'

/** Early notice of a trade: no fee, no position side, no cumulative quantity. `L` and `l` are the trade's. */
export interface TradeLite {
  readonly eventTime: number
  readonly transactionTime: number
  readonly symbol: string
  readonly clientOrderId: string
  readonly orderId: string
  readonly tradeId: string
  readonly side: string
  readonly lastPrice: string
  readonly lastQuantity: string
  readonly isMaker: boolean
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseTradeLite(value: unknown): TradeLite {
  const record = recordOf(value, 'TRADE_LITE')
  return {
    eventTime: integer(record, 'E'),
    transactionTime: integer(record, 'T'),
    symbol: text(record, 's'),
    clientOrderId: text(record, 'c'),
    orderId: id(record, 'i'),
    tradeId: id(record, 't'),
    side: text(record, 'S'),
    lastPrice: decimal(record, 'L'),
    lastQuantity: decimal(record, 'l'),
    isMaker: flag(record, 'm'),
    record,
  }
}
