import { basename } from 'node:path'
import { parseBars, type RecordedMarket, rulesForBars } from '@tranchebook/backtest'
import { InputError, type Instrument } from '@tranchebook/core'
import { usualRules } from '@tranchebook/simulator'
import { CommandFailure } from '../command-failure.js'
import { readText } from '../read/open-source.js'
import type { Terminal } from '../terminal.js'
import type { BacktestRequest } from './backtest-request.js'

function symbolOf(path: string, { symbol, market }: BacktestRequest): string {
  const given = market.length === 1 ? symbol : undefined
  const found = given ?? /^[A-Z0-9]+/.exec(basename(path))?.[0]
  if (found !== undefined) return found
  throw new CommandFailure({
    what: `${path} does not say of which symbol it is`,
    expected: 'expected a name that begins with the symbol, such as SOLUSDT-5m.csv.gz',
    advice: 'say it with --symbol',
  })
}

function unreadable(path: string, error: InputError): CommandFailure {
  return new CommandFailure(
    {
      what: `${path} holds no bars`,
      expected: error.message,
      advice: 'give CSV with a header and openTime,open,high,low,close; plain or gzip',
    },
    { cause: error },
  )
}

/** Bars of one file, and the rules they are traded by: the venue's where they are known. */
async function readBars(
  path: string,
  {
    request,
    instruments,
  }: { readonly request: BacktestRequest; readonly instruments: ReadonlyMap<string, Instrument> },
  terminal: Terminal,
): Promise<RecordedMarket> {
  const symbol = symbolOf(path, request)
  const { from = -Infinity, until = Infinity } = request
  const text = await readText(path, terminal)
  try {
    const bars = parseBars(text, symbol).filter(({ openTime }) => openTime >= from && openTime < until)
    const instrument = instruments.get(symbol)
    return { bars, rules: instrument === undefined ? rulesForBars(symbol, bars) : usualRules(instrument) }
  } catch (error) {
    throw error instanceof InputError ? unreadable(path, error) : error
  }
}

/** The markets of a backtest, one per file. @throws {CommandFailure} when one cannot be read */
export async function readMarkets(
  request: BacktestRequest,
  instruments: ReadonlyMap<string, Instrument>,
  terminal: Terminal,
): Promise<readonly RecordedMarket[]> {
  const markets: RecordedMarket[] = []
  for (const path of request.market) {
    terminal.progress(`reading ${path}`)
    markets.push(await readBars(path, { request, instruments }, terminal))
  }
  terminal.progress('')
  return markets
}
