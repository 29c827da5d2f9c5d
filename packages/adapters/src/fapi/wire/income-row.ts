import { decimal, id, integer, optionalText, recordOf, text, type WireRecord } from '../../wire/wire-fields.js'

/** One change of the balance. `tranId` is unique per account and type. */
export interface IncomeRow {
  readonly symbol: string | null
  readonly incomeType: string
  /** Signed: positive = received. */
  readonly income: string
  readonly asset: string
  readonly time: number
  readonly tranId: string
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseIncomeRow(value: unknown): IncomeRow {
  const record = recordOf(value, 'income')
  return {
    symbol: optionalText(record, 'symbol'),
    incomeType: text(record, 'incomeType'),
    income: decimal(record, 'income'),
    asset: text(record, 'asset'),
    time: integer(record, 'time'),
    tranId: id(record, 'tranId'),
    record,
  }
}
