import { basename } from 'node:path'
import { formatPrice, parsePrice, type Price } from '@tranchebook/core'
import { type MarketStart, rulesFrom } from '@tranchebook/simulator'
import { CommandFailure } from '../command-failure.js'
import { readText } from '../read/open-source.js'
import type { Terminal } from '../terminal.js'
import type { DemoMarket } from './demo-market.js'
import type { DemoRequest } from './demo-request.js'
import { parseRecorded, tickOf } from './parse-recorded.js'
import { between, type Recorded, recordedPath, spanOf } from './recorded-path.js'
import type { Waypoint } from './waypoint.js'

/** Steps of a quantity, by the least price for which they are fine enough: about a hundredth of what an entry buys. */
const STEPS: readonly (readonly [string, string])[] = [
  ['10000', '0.001'],
  ['1000', '0.01'],
  ['10', '0.1'],
  ['1', '1'],
  ['0', '10'],
]

function pricesOf(recorded: Recorded): readonly Price[] {
  return recorded.type === 'trades'
    ? recorded.trades.map(({ price }) => price)
    : recorded.bars.flatMap(({ open, high, low, close }) => [open, high, low, close])
}

function startOf(symbol: string, recorded: Recorded): MarketStart {
  const prices = pricesOf(recorded)
  const price = prices[0] ?? parsePrice('1')
  const stepSize = STEPS.find(([least]) => price >= parsePrice(least))?.[1] ?? '10'
  const limits = { minNotional: '5', maxConditionalOrders: null, maxQuantity: '10000000', maxMarketQuantity: '1000000' }
  return { rules: rulesFrom({ symbol, tickSize: formatPrice(tickOf(prices)), stepSize, ...limits }), price }
}

function symbolOf(path: string, given: string | undefined): string {
  const symbol = given ?? /^[A-Z0-9]+/.exec(basename(path))?.[0]
  if (symbol !== undefined && symbol !== '') return symbol
  throw new CommandFailure({
    what: `${path} does not say of which symbol it is`,
    expected: 'expected a name that begins with the symbol, such as SOLUSDT-5m.csv.gz',
    advice: 'say it with --symbol',
  })
}

function* after(path: Iterable<Waypoint>, time: number): Generator<Waypoint, void, undefined> {
  for (const waypoint of path) if (waypoint.time >= time) yield waypoint
}

/** A recorded market. @throws {CommandFailure} when the file holds none, or nothing between the times asked for */
export async function readMarket(path: string, request: DemoRequest, terminal: Terminal): Promise<DemoMarket> {
  const { from = null, until = null } = request
  const recorded = between(parseRecorded(await readText(path, terminal), path), from, until)
  const symbol = symbolOf(path, request.symbol)
  const span = spanOf(recorded)
  if (span === null) {
    throw new CommandFailure({
      what: `${path} holds nothing between the times asked for`,
      expected: 'expected --from and --until within the recording',
      advice: 'leave them out to play all of it',
    })
  }
  return {
    name: basename(path),
    markets: [startOf(symbol, recorded)],
    begin: span.begin,
    pastMs: 0,
    pathsFrom: ({ time }) => new Map([[symbol, after(recordedPath(recorded), time)]]),
  }
}
