import type { PositionMode } from '@tranchebook/core'
import { type ExportRow, RowProblem } from './export-row.js'
import { type Figure, readFigure } from './figure-text.js'
import { offsetMinutesOf, readVenueTime } from './venue-time.js'

/** A trade as an export states it; `null` = it does not say. */
export interface Trade {
  readonly line: number
  readonly time: number
  readonly account: string
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly price: string
  readonly quantity: string
  /** Positive = paid. */
  readonly fee: string | null
  readonly feeAsset: string | null
  readonly realizedPnl: string | null
  readonly tradeId: string | null
  readonly orderId: string | null
  readonly maker: boolean | null
}

/** What rows take that leave something out. */
export interface TradeDefaults {
  readonly account: string
  readonly symbol: string | null
  readonly positionMode: PositionMode | null
}

/** What the columns are called, in the exports we know. */
const NAMES = {
  account: ['account', 'accountid'],
  symbol: ['symbol', 'contract', 'pair', 'futures'],
  side: ['side', 'direction'],
  positionSide: ['positionside'],
  price: ['price', 'tradeprice', 'executedprice'],
  quantity: ['quantity', 'qty', 'executed', 'executedqty', 'filledquantity'],
  fee: ['fee', 'commission', 'tradingfee', 'transactionfee'],
  feeAsset: ['feecoin', 'feeasset', 'commissionasset', 'feecurrency'],
  quoteAsset: ['quoteasset'],
  realizedPnl: ['realizedprofit', 'realizedpnl', 'realizedprofitloss', 'closingpnl'],
  tradeId: ['tradeid', 'id'],
  orderId: ['orderid', 'orderno'],
  maker: ['maker', 'ismaker', 'role', 'liquidity'],
} as const
type ColumnKind = keyof typeof NAMES

const TIME = /^(?:date|time|datetime|tradetime)(?:utc(?:[+-]\d{1,2}(?::\d{2})?)?)?$/

/** Column that holds the time, or `null`. */
export function timeColumnOf(columns: Iterable<string>): string | null {
  return [...columns].find((column) => TIME.test(column)) ?? null
}

/** Whether one of the names of a column is there. */
export function hasColumn(columns: readonly string[], kind: ColumnKind): boolean {
  return NAMES[kind].some((name) => columns.includes(name))
}

function cellOf({ cells }: ExportRow, kind: ColumnKind): string | null {
  const name = NAMES[kind].find((candidate) => cells.has(candidate))
  const text = name === undefined ? '' : (cells.get(name) ?? '')
  return text === '' ? null : text
}

function needed(row: ExportRow, kind: 'price' | 'quantity'): string {
  const figure = readFigure(cellOf(row, kind) ?? '', kind)
  if (figure === null) throw new RowProblem(`${kind} is missing: expected a decimal such as 0.001`)
  return figure.amount
}

function timeOf(row: ExportRow): number {
  const column = timeColumnOf(row.cells.keys())
  const text = column === null ? '' : (row.cells.get(column) ?? '')
  return readVenueTime(text, offsetMinutesOf(column ?? ''))
}

function symbolOf(row: ExportRow, defaults: TradeDefaults): string {
  const symbol = cellOf(row, 'symbol') ?? defaults.symbol
  if (symbol === null) throw new RowProblem('symbol is missing: say --symbol BTCUSDT')
  return symbol.replace(/ perpetual$/i, '').toUpperCase()
}

function sideOf(row: ExportRow): string {
  const side = cellOf(row, 'side')?.toUpperCase() ?? ''
  if (side === 'BUY' || side === 'SELL') return side
  throw new RowProblem(`side: expected BUY or SELL, got ${JSON.stringify(cellOf(row, 'side') ?? '')}`)
}

function positionSideOf(row: ExportRow, { positionMode }: TradeDefaults): string {
  const stated = cellOf(row, 'positionSide')?.toUpperCase() ?? null
  if (stated === null && positionMode === 'HEDGE')
    throw new RowProblem(
      'position side is missing: expected LONG or SHORT in hedge mode; export the trades with that column',
    )
  const shown = stated ?? 'BOTH'
  if (!['LONG', 'SHORT', 'BOTH'].includes(shown))
    throw new RowProblem(`position side: expected LONG, SHORT or BOTH, got ${JSON.stringify(shown)}`)
  if (positionMode !== null && (shown === 'BOTH') !== (positionMode === 'ONE_WAY'))
    throw new RowProblem(
      `position side: expected ${positionMode === 'HEDGE' ? 'LONG or SHORT' : 'BOTH'} (--position-mode ${positionMode}), got ${shown}`,
    )
  return shown
}

function makerOf(row: ExportRow): boolean | null {
  const text = cellOf(row, 'maker')?.toLowerCase()
  if (text === undefined) return null
  if (text === 'true' || text === 'maker') return true
  if (text === 'false' || text === 'taker') return false
  throw new RowProblem(`maker: expected true, false, maker or taker, got ${JSON.stringify(text)}`)
}

function feeOf(row: ExportRow): Figure | null {
  const fee = readFigure(cellOf(row, 'fee') ?? '', 'fee')
  if (fee === null) return null
  return { amount: fee.amount, asset: cellOf(row, 'feeAsset') ?? fee.asset ?? cellOf(row, 'quoteAsset') }
}

/** Reads one row, whatever its columns are called. @throws {RowProblem} */
export function readTrade(row: ExportRow, defaults: TradeDefaults): Trade {
  const fee = feeOf(row)
  return {
    line: row.line,
    time: timeOf(row),
    account: cellOf(row, 'account') ?? defaults.account,
    symbol: symbolOf(row, defaults),
    side: sideOf(row),
    positionSide: positionSideOf(row, defaults),
    price: needed(row, 'price'),
    quantity: needed(row, 'quantity'),
    fee: fee?.amount ?? null,
    feeAsset: fee?.asset ?? null,
    realizedPnl: readFigure(cellOf(row, 'realizedPnl') ?? '', 'realized profit')?.amount ?? null,
    tradeId: cellOf(row, 'tradeId'),
    orderId: cellOf(row, 'orderId'),
    maker: makerOf(row),
  }
}
