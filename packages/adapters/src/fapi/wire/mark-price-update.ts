import { decimal, integer, optionalInteger, recordOf, text, type WireRecord } from '../../wire/wire-fields.js'

/** One mark price of the market stream. */
export interface MarkPriceUpdate {
  readonly eventTime: number
  readonly symbol: string
  readonly markPrice: string
  /** 1 = USD-M, 2 = COIN-M; `null` = the venue does not mix them. */
  readonly symbolType: number | null
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseMarkPriceUpdate(value: unknown): MarkPriceUpdate {
  const record = recordOf(value, 'mark price')
  return {
    eventTime: integer(record, 'E'),
    symbol: text(record, 's'),
    markPrice: decimal(record, 'p'),
    symbolType: optionalInteger(record, 'st'),
    record,
  }
}
