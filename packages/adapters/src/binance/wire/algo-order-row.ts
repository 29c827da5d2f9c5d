import {
  flag,
  id,
  integer,
  optionalDecimal,
  optionalId,
  optionalInteger,
  recordOf,
  text,
  type WireRecord,
} from '../../wire/wire-fields.js'

/** A conditional order as its placement, its queries and some cancels show it. */
export interface AlgoOrderRow {
  readonly algoId: string
  readonly clientAlgoId: string
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly orderType: string
  readonly algoStatus: string
  readonly quantity: string
  /** `null` for trailing stops that are not activated. */
  readonly triggerPrice: string | null
  readonly price: string | null
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  /** The child order; `null` before the trigger, and in placement replies. */
  readonly actualOrderId: string | null
  readonly actualQty: string | null
  readonly createTime: number
  readonly updateTime: number
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseAlgoOrderRow(value: unknown): AlgoOrderRow {
  const record = recordOf(value, 'algo order')
  const createTime = integer(record, 'createTime')
  return {
    algoId: id(record, 'algoId'),
    clientAlgoId: text(record, 'clientAlgoId'),
    symbol: text(record, 'symbol'),
    side: text(record, 'side'),
    positionSide: text(record, 'positionSide'),
    orderType: text(record, 'orderType'),
    algoStatus: text(record, 'algoStatus'),
    quantity: optionalDecimal(record, 'quantity') ?? '0',
    triggerPrice: optionalDecimal(record, 'triggerPrice'),
    price: optionalDecimal(record, 'price'),
    reduceOnly: record['reduceOnly'] == null ? false : flag(record, 'reduceOnly'),
    closePosition: record['closePosition'] == null ? false : flag(record, 'closePosition'),
    actualOrderId: optionalId(record, 'actualOrderId'),
    actualQty: optionalDecimal(record, 'actualQty'),
    createTime,
    updateTime: optionalInteger(record, 'updateTime') ?? createTime,
    record,
  }
}
