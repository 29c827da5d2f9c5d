import { closestName, InputError, parseInput } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { listNames } from '../format/list-names.js'
import { deriveTradeIds, type NamedTrade } from './derive-trade-ids.js'
import { formatOf } from './export-format.js'
import { type ExportTable, RowProblem } from './export-row.js'
import { paidIsPositive } from './fee-sign.js'
import { inputOf } from './input-line.js'
import { parseCsv } from './parse-csv.js'
import type { ImportOptions } from './parse-import-options.js'
import { parseJsonRows } from './parse-json-rows.js'
import { hasColumn, readTrade, type Trade, type TradeDefaults } from './read-trade.js'
import { sortTrades } from './sort-trades.js'

/** Trades of an export as input lines, and what a person should know of how they were read. */
export interface Imported {
  readonly lines: readonly string[]
  readonly remarks: readonly string[]
}

function failed(path: string, count: number, problems: readonly string[]): CommandFailure {
  const rows = problems.length === 1 ? '1 row' : `${problems.length} rows`
  return new CommandFailure(
    {
      what: `${path}: ${rows} of ${count} cannot be read`,
      expected: 'expected every row to be one trade; nothing was written',
      advice: 'correct or remove these rows, then import again',
    },
    { findings: problems },
  )
}

function tableOf(text: string, path: string): ExportTable {
  try {
    return /^\s*[[{]/.test(text) ? parseJsonRows(text) : parseCsv(text)
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error
    throw new CommandFailure(
      {
        what: `${path} is neither CSV nor a JSON list`,
        expected: `expected a CSV with a line of titles, or [{"id":1,"symbol":"BTCUSDT",…}]; got: ${error.message}`,
        advice: 'save the export as the venue gave it, without opening it in a spreadsheet',
      },
      { cause: error },
    )
  }
}

function readAll(table: ExportTable, defaults: TradeDefaults, path: string): readonly Trade[] {
  const problems: string[] = []
  const trades: Trade[] = []
  for (const row of table.rows) {
    try {
      trades.push(checked(readTrade(row, defaults)))
    } catch (error) {
      if (!(error instanceof RowProblem || error instanceof InputError)) throw error
      problems.push(`line ${row.line}: ${error.message}`)
    }
  }
  if (problems.length > 0) throw failed(path, table.rows.length, problems)
  return trades
}

/** A trade that replay will be able to read. @throws {InputError} */
function checked(trade: Trade): Trade {
  const defaults = { account: trade.account, positionMode: null, sequence: trade.line }
  parseInput(inputOf({ ...trade, tradeId: trade.tradeId ?? 'derived' }), defaults)
  return trade
}

function summaryOf(trades: readonly NamedTrade[]): string {
  const accounts = new Set(trades.map(({ account }) => account)).size
  const symbols = new Set(trades.map(({ symbol }) => symbol)).size
  const fills = trades.length === 1 ? '1 fill' : `${trades.length} fills`
  return `${fills} of ${symbols} ${symbols === 1 ? 'symbol' : 'symbols'}, ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`
}

function absentRemark(symbol: string, trades: readonly Trade[]): string {
  const symbols = [...new Set(trades.map((trade) => trade.symbol))]
  const closest = closestName(symbol, symbols)
  return `warning: no row is of ${symbol}; there are rows of ${listNames(symbols)}${closest === null ? '' : `: did you mean ${closest}?`}`
}

function derivedRemark(trades: readonly NamedTrade[]): readonly string[] {
  const count = trades.filter(({ tradeId }) => tradeId.startsWith('derived-')).length
  if (count === 0) return []
  return [
    `${count} without a trade id: named by time and order (derived-…), the same way whenever these rows are imported`,
  ]
}

/** Turns an export into input lines, oldest first per account. @throws {CommandFailure} with every row that cannot be read. */
export function importTrades(text: string, path: string, options: ImportOptions): Imported {
  const table = tableOf(text, path)
  const format = formatOf(table, options.format, path)
  const { account, symbol = null, positionMode = null } = options
  const read = readAll(table, { account, symbol, positionMode }, path)
  const { trades, isTurned } = format === 'binance-trades' ? paidIsPositive(read) : { trades: read, isTurned: false }
  const wanted = symbol === null ? trades : trades.filter((trade) => trade.symbol === symbol)
  const named = deriveTradeIds(sortTrades(wanted))
  const isAssumed = !hasColumn(table.columns, 'positionSide') && positionMode === null
  return {
    lines: named.map((trade) => JSON.stringify(inputOf(trade))),
    remarks: [
      `${format}: ${summaryOf(named)}`,
      ...(trades.length > 0 && wanted.length === 0 ? [absentRemark(symbol ?? '', trades)] : []),
      ...derivedRemark(named),
      ...(isAssumed
        ? ['no position side column: read as one-way; say --position-mode to state what the account is']
        : []),
      ...(isTurned ? ['every fee is negative: read as paid, which input lines write as positive'] : []),
    ],
  }
}
