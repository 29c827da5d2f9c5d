import { decimal, integer, listOf, recordOf } from '../../wire/wire-fields.js'

/** Rows of the longest answer. */
const MOST_KLINES = 1_500

/** One bar as the venues list it. */
export interface KlineRow {
  readonly openTime: number
  readonly closeTime: number
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: string
}

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume', 'closeTime'] as const

function parseKline(value: unknown): KlineRow {
  const cells = listOf(value, 'kline')
  const record = recordOf(Object.fromEntries(FIELDS.map((name, index) => [name, cells[index]])), 'kline')
  return {
    openTime: integer(record, 'openTime'),
    closeTime: integer(record, 'closeTime'),
    open: decimal(record, 'open'),
    high: decimal(record, 'high'),
    low: decimal(record, 'low'),
    close: decimal(record, 'close'),
    volume: decimal(record, 'volume'),
  }
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseKlines(value: unknown): readonly KlineRow[] {
  return listOf(value, 'klines').map(parseKline)
}

/** How many rows to ask for: between 1 and the most there are. */
export function klineLimit(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), MOST_KLINES)
}

/** Weight of a request for that many rows. */
export function klineWeight(limit: number): number {
  if (limit < 100) return 1
  if (limit < 500) return 2
  return limit <= 1_000 ? 5 : 10
}
