import {
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

/** News of a conditional order. */
export interface AlgoUpdate {
  readonly eventTime: number
  readonly transactionTime: number
  readonly symbol: string
  readonly clientAlgoId: string
  readonly algoId: string
  readonly orderType: string
  readonly side: string
  readonly positionSide: string
  readonly status: string
  readonly quantity: string
  /** The child order; `null` until it has triggered. */
  readonly childOrderId: string | null
  readonly executedQuantity: string | null
  readonly failureReason: string | null
  readonly closePosition: boolean
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseAlgoUpdate(value: unknown): AlgoUpdate {
  const record = recordOf(value, 'ALGO_UPDATE')
  const order = recordOf(record['o'], 'o')
  return {
    eventTime: integer(record, 'E'),
    transactionTime: integer(record, 'T'),
    symbol: text(order, 's'),
    clientAlgoId: text(order, 'caid'),
    algoId: id(order, 'aid'),
    orderType: text(order, 'o'),
    side: text(order, 'S'),
    positionSide: optionalText(order, 'ps') ?? 'BOTH',
    status: text(order, 'X'),
    quantity: optionalDecimal(order, 'q') ?? '0',
    childOrderId: optionalId(order, 'ai'),
    executedQuantity: optionalDecimal(order, 'aq'),
    failureReason: optionalText(order, 'rm'),
    closePosition: optionalFlag(order, 'cp'),
    record,
  }
}
