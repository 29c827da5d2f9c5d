import { decimal, optionalDecimal, optionalInteger, recordOf, text, type WireRecord } from '../../wire/wire-fields.js'

/** One row of the position report. Quantities of SHORT rows are negative. */
export interface PositionRow {
  readonly symbol: string
  readonly positionSide: string
  readonly positionAmt: string
  readonly entryPrice: string
  readonly markPrice: string | null
  readonly updateTime: number | null
  readonly record: WireRecord
}

/** @throws {InputError} `venue.payload.malformed` */
export function parsePositionRow(value: unknown): PositionRow {
  const record = recordOf(value, 'position')
  return {
    symbol: text(record, 'symbol'),
    positionSide: text(record, 'positionSide'),
    positionAmt: decimal(record, 'positionAmt'),
    entryPrice: decimal(record, 'entryPrice'),
    markPrice: optionalDecimal(record, 'markPrice'),
    updateTime: optionalInteger(record, 'updateTime'),
    record,
  }
}
