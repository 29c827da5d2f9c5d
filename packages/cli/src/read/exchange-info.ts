import {
  type Instrument,
  parseMoney,
  parsePrice,
  parseQuantity,
  TranchebookError,
  unknownInstrument,
} from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import type { Terminal } from '../terminal.js'
import { readText } from './open-source.js'
import { isObject, parseLosslessJson } from './parse-json.js'

type Fields = Readonly<Record<string, unknown>>

const NOTHING: Fields = {}

function filterOf(symbol: Fields, filterType: string): Fields {
  const { filters } = symbol
  if (!Array.isArray(filters)) return NOTHING
  return filters.filter(isObject).find((filter) => filter['filterType'] === filterType) ?? NOTHING
}

function read<Value extends bigint, Otherwise>(
  text: unknown,
  parse: (text: string) => Value,
  otherwise: Otherwise,
): Value | Otherwise {
  return typeof text === 'string' ? parse(text) : otherwise
}

function conditionalLimit(symbol: Fields): number | null {
  const { limit } = filterOf(symbol, 'MAX_NUM_ALGO_ORDERS')
  return typeof limit === 'string' ? Number(limit) : null
}

/** One symbol of an exchangeInfo answer. Filters it does not state stay unknown and are not enforced. */
function instrumentOf(symbol: Fields, name: string): Instrument {
  const unknown = unknownInstrument(name)
  const lot = filterOf(symbol, 'LOT_SIZE')
  const notional = { ...filterOf(symbol, 'NOTIONAL'), ...filterOf(symbol, 'MIN_NOTIONAL') }
  const status = symbol['status'] ?? symbol['contractStatus']
  return {
    ...unknown,
    quoteAsset: typeof symbol['quoteAsset'] === 'string' ? symbol['quoteAsset'] : unknown.quoteAsset,
    tickSize: read(filterOf(symbol, 'PRICE_FILTER')['tickSize'], parsePrice, unknown.tickSize),
    stepSize: read(lot['stepSize'], parseQuantity, unknown.stepSize),
    minQuantity: read(lot['minQty'], parseQuantity, unknown.minQuantity),
    maxQuantity: read(lot['maxQty'], parseQuantity, null),
    maxMarketQuantity: read(filterOf(symbol, 'MARKET_LOT_SIZE')['maxQty'], parseQuantity, null),
    minNotional: read(notional['notional'] ?? notional['minNotional'], parseMoney, unknown.minNotional),
    maxConditionalOrders: conditionalLimit(symbol),
    isTrading: status === undefined || status === 'TRADING',
  }
}

function refuse(path: string, got: string, cause?: unknown): never {
  throw new CommandFailure(
    {
      what: `${path} does not hold instruments`,
      expected: `expected the answer of GET /fapi/v1/exchangeInfo, {"symbols":[{"symbol":"BTCUSDT","filters":[…]}]}; ${got}`,
      advice: 'save the answer as it came and pass that file',
    },
    { cause },
  )
}

/** Instruments of an exchangeInfo answer, by symbol. @throws {CommandFailure} when it is something else. */
export function parseExchangeInfo(text: string, path: string): ReadonlyMap<string, Instrument> {
  try {
    const value = parseLosslessJson(text)
    const symbols: unknown = isObject(value) ? value['symbols'] : undefined
    if (!Array.isArray(symbols)) return refuse(path, 'there is no list of symbols')
    const instruments = new Map<string, Instrument>()
    for (const symbol of symbols) {
      const name: unknown = isObject(symbol) ? symbol['symbol'] : undefined
      if (!isObject(symbol) || typeof name !== 'string') return refuse(path, 'an entry of symbols has no name')
      instruments.set(name, instrumentOf(symbol, name))
    }
    return instruments
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TranchebookError) return refuse(path, error.message, error)
    throw error
  }
}

/** Instruments from a file; none where no file is named. @throws {CommandFailure} */
export async function readInstruments(
  path: string | undefined,
  terminal: Terminal,
): Promise<ReadonlyMap<string, Instrument>> {
  return path === undefined ? new Map() : parseExchangeInfo(await readText(path, terminal), path)
}
