import {
  decimal,
  flag,
  id,
  optionalDecimal,
  optionalFlag,
  optionalInteger,
  recordOf,
  text,
  type WireRecord,
} from '../../wire/wire-fields.js'

/** An ordinary order as replies and queries show it. Replies to writes carry no average price. */
export interface OrderRow {
  readonly symbol: string
  readonly orderId: string
  readonly clientOrderId: string
  readonly status: string
  readonly side: string
  readonly positionSide: string
  readonly type: string
  /** What it was before it triggered. */
  readonly origType: string
  readonly price: string
  readonly stopPrice: string | null
  readonly origQty: string
  readonly executedQty: string
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  readonly updateTime: number
  /** As it came, all fields. */
  readonly record: WireRecord
}

/** One element of a batch answer, or one order. @throws {InputError} `venue.payload.malformed` */
export function parseOrderRow(value: unknown): OrderRow {
  const record = recordOf(value, 'order')
  const type = text(record, 'type')
  return {
    symbol: text(record, 'symbol'),
    orderId: id(record, 'orderId'),
    clientOrderId: text(record, 'clientOrderId'),
    status: text(record, 'status'),
    side: text(record, 'side'),
    positionSide: record['positionSide'] == null ? 'BOTH' : text(record, 'positionSide'),
    type,
    origType: record['origType'] == null ? type : text(record, 'origType'),
    price: decimal(record, 'price'),
    stopPrice: optionalDecimal(record, 'stopPrice'),
    origQty: decimal(record, 'origQty'),
    executedQty: decimal(record, 'executedQty'),
    reduceOnly: flag(record, 'reduceOnly'),
    closePosition: optionalFlag(record, 'closePosition'),
    updateTime: optionalInteger(record, 'updateTime') ?? optionalInteger(record, 'time') ?? 0,
    record,
  }
}
