import { InputError } from '@tranchebook/core'
import { integer, listOf, optionalText, recordOf, text, type WireRecord } from '../../wire/wire-fields.js'

/** One symbol with its filters by name. Filters nobody knows yet are kept. */
export interface SymbolRow {
  readonly symbol: string
  readonly status: string
  readonly contractType: string | null
  readonly quoteAsset: string
  readonly filters: ReadonlyMap<string, WireRecord>
  readonly record: WireRecord
}

/** Requests allowed per window. */
export interface RateLimitRow {
  readonly rateLimitType: string
  readonly interval: string
  readonly intervalNum: number
  readonly limit: number
}

/** The venue's symbols and limits. */
export interface ExchangeInfo {
  readonly rateLimits: readonly RateLimitRow[]
  readonly symbols: readonly SymbolRow[]
  /** Names of symbols whose limits could not be read. They cannot be traded; the others can. */
  readonly unreadable: readonly string[]
}

function parseSymbol(value: unknown): SymbolRow {
  const record = recordOf(value, 'symbol')
  const filters = listOf(record['filters'], 'filters').map((filter) => recordOf(filter, 'filter'))
  return {
    symbol: text(record, 'symbol'),
    status: text(record, 'status'),
    contractType: optionalText(record, 'contractType'),
    quoteAsset: text(record, 'quoteAsset'),
    filters: new Map(filters.map((filter) => [text(filter, 'filterType'), filter])),
    record,
  }
}

function parseLimit(value: unknown): RateLimitRow {
  const record = recordOf(value, 'rate limit')
  return {
    rateLimitType: text(record, 'rateLimitType'),
    interval: text(record, 'interval'),
    intervalNum: integer(record, 'intervalNum'),
    limit: integer(record, 'limit'),
  }
}

function readable(value: unknown): SymbolRow | string {
  try {
    return parseSymbol(value)
  } catch (error) {
    if (error instanceof InputError) return text(recordOf(value, 'symbol'), 'symbol')
    throw error
  }
}

/** One unreadable symbol does not hide the others. @throws {InputError} `venue.payload.malformed` */
export function parseExchangeInfo(value: unknown): ExchangeInfo {
  const record = recordOf(value, 'exchangeInfo')
  const symbols = listOf(record['symbols'], 'symbols').map(readable)
  return {
    rateLimits: listOf(record['rateLimits'], 'rateLimits').map(parseLimit),
    symbols: symbols.filter((symbol) => typeof symbol !== 'string'),
    unreadable: symbols.filter((symbol) => typeof symbol === 'string'),
  }
}
