import { CommandFailure } from '../command-failure.js'
import type { ExportTable } from './export-row.js'
import { FORMATS, type ImportFormat } from './parse-choice.js'
import { hasColumn, timeColumnOf } from './read-trade.js'

/** What only one format has, besides what all have. */
const MARKS: Readonly<Record<ImportFormat, (columns: readonly string[]) => boolean>> = {
  copytrade: (columns) => columns.includes('account') && columns.includes('seq'),
  'user-trades': (columns) => columns.includes('id') && columns.includes('qty') && columns.includes('orderid'),
  'binance-trades': (columns) => hasColumn(columns, 'realizedPnl') || hasColumn(columns, 'fee'),
}

const EXAMPLES: Readonly<Record<ImportFormat, string>> = {
  copytrade: 'account, seq, time, symbol, side, price, quantity',
  'user-trades': 'id, orderId, symbol, side, price, qty, commission, commissionAsset, time',
  'binance-trades': 'Date(UTC), Symbol, Side, Price, Quantity, Fee, Realized Profit',
}

function isTrades(columns: readonly string[]): boolean {
  const isNamed = (['side', 'price', 'quantity'] as const).every((kind) => hasColumn(columns, kind))
  return isNamed && timeColumnOf(columns) !== null
}

/** The format whose columns these are. @throws {CommandFailure} when they are none of them, or not those of the one asked for. */
export function formatOf({ columns }: ExportTable, asked: ImportFormat | 'auto', path: string): ImportFormat {
  const candidates = asked === 'auto' ? (['copytrade', 'user-trades', 'binance-trades'] as const) : [asked]
  const found = isTrades(columns) ? candidates.find((format) => MARKS[format](columns)) : undefined
  if (found !== undefined) return found
  throw new CommandFailure({
    what: `${path} is not ${asked === 'auto' ? `an export of trades (${FORMATS.join(', ')})` : `an export of kind ${asked}`}`,
    expected: `expected columns such as ${EXAMPLES[asked === 'auto' ? 'binance-trades' : asked]}; got ${columns.length === 0 ? 'none' : columns.join(', ')}`,
    advice: 'export the trade history (not orders, positions or transactions), or name the kind with --format',
  })
}
