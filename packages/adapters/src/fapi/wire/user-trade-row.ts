import {
  decimal,
  flag,
  id,
  integer,
  optionalDecimal,
  optionalText,
  recordOf,
  text,
  type WireRecord,
} from '../../wire/wire-fields.js'

/** One trade of ours. It does not name the client order id. */
export interface UserTradeRow {
  readonly id: string
  readonly orderId: string
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly price: string
  readonly qty: string
  readonly realizedPnl: string | null
  readonly commission: string | null
  readonly commissionAsset: string | null
  readonly maker: boolean
  readonly time: number
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseUserTradeRow(value: unknown): UserTradeRow {
  const record = recordOf(value, 'trade')
  return {
    id: id(record, 'id'),
    orderId: id(record, 'orderId'),
    symbol: text(record, 'symbol'),
    side: text(record, 'side'),
    positionSide: record['positionSide'] == null ? 'BOTH' : text(record, 'positionSide'),
    price: decimal(record, 'price'),
    qty: decimal(record, 'qty'),
    realizedPnl: optionalDecimal(record, 'realizedPnl'),
    commission: optionalDecimal(record, 'commission'),
    commissionAsset: optionalText(record, 'commissionAsset'),
    maker: flag(record, 'maker'),
    time: integer(record, 'time'),
    record,
  }
}
