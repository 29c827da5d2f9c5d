import { asPrice, InputError, larger, parsePrice, type Price, smaller } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import type { Recorded, RecordedBar, RecordedTrade } from './recorded-path.js'

interface Table {
  readonly rows: readonly (readonly string[])[]
  /** Place of a column; −1 = there is none. */
  readonly columnOf: (name: string) => number
}

function tableOf(text: string): Table {
  const [header = '', ...lines] = text.split('\n').map((line) => line.trimEnd())
  const names = header.split(',')
  return {
    rows: lines.filter((line) => line !== '').map((line) => line.split(',')),
    columnOf: (name) => names.indexOf(name),
  }
}

function unreadable(path: string, came: string): CommandFailure {
  return new CommandFailure({
    what: `${path} holds no market`,
    expected: `expected CSV with a header: openTime,open,high,low,close for bars, or time and price for trades; got ${came}`,
    advice: 'times are Unix milliseconds, prices plain decimals; gzip is unpacked',
  })
}

function barOf(row: readonly string[], columns: readonly number[]): RecordedBar {
  const [openTime = '', ...prices] = columns.map((column) => row[column] ?? '')
  const [open, high, low, close] = prices.map(parsePrice)
  if (open === undefined || high === undefined || low === undefined || close === undefined)
    throw new InputError('input.malformed', `expected four prices, got ${row.join(',')}`)
  const [top, bottom] = [larger(high, larger(open, close)), smaller(low, smaller(open, close))]
  return { openTime: Number(openTime), open, high: top, low: bottom, close }
}

function barsOf({ rows, columnOf }: Table): Recorded {
  const columns = ['openTime', 'open', 'high', 'low', 'close'].map(columnOf)
  const bars = rows.map((row) => barOf(row, columns))
  const [first, second] = bars
  return {
    type: 'bars',
    bars,
    durationMs: first === undefined || second === undefined ? 60_000 : second.openTime - first.openTime,
  }
}

/** A recording may hold rows without a price: nothing was traded there. */
function tradesOf({ rows, columnOf }: Table): Recorded {
  const [time, price] = [columnOf('time'), columnOf('price')]
  const trades = rows
    .map((row): RecordedTrade => ({ time: Number(row[time]), price: parsePrice(row[price] ?? '') }))
    .filter((trade) => trade.price > 0n)
  return { type: 'trades', trades }
}

/** Reads recorded bars or trades. @throws {CommandFailure} when the text holds neither */
export function parseRecorded(text: string, path: string): Recorded {
  const table = tableOf(text)
  const hasBars = ['openTime', 'open', 'high', 'low', 'close'].every((name) => table.columnOf(name) >= 0)
  const hasTrades = table.columnOf('time') >= 0 && table.columnOf('price') >= 0
  if (!hasBars && !hasTrades) throw unreadable(path, `the header ${text.split('\n', 1)[0]?.slice(0, 80) ?? ''}`)
  try {
    return hasBars ? barsOf(table) : tradesOf(table)
  } catch (error) {
    throw error instanceof InputError ? unreadable(path, error.message) : error
  }
}

/** The finest step that prices of a recording are written with: a power of ten. */
export function tickOf(prices: readonly Price[]): Price {
  let tick = asPrice(10n ** 12n)
  for (const price of prices) while (tick > 1n && price % tick !== 0n) tick = asPrice(tick / 10n)
  return tick
}
