import { type Clock, type MarketSource, systemClock } from '@tranchebook/adapters'
import {
  asPrice,
  type Instrument,
  type Money,
  parseMoney,
  type PositionMode,
  TranchebookError,
} from '@tranchebook/core'
import { ASTER_BEHAVIOUR, BINANCE_BEHAVIOUR } from '../engine/behaviour.js'
import { createExchange, type Exchange, type MarketStart, openAccount } from '../engine/exchange.js'
import { setHedgeMode } from '../engine/settings.js'
import { usualRules } from '../market/usual-rules.js'

/** What is traded on paper, and with how much. */
export interface PaperTerms {
  /** Whose prices and rules. */
  readonly market: MarketSource
  readonly account: string
  readonly symbols: readonly string[]
  /** 10,000 USDT where absent. */
  readonly wallets?: ReadonlyMap<string, Money>
  /** One-way where absent. */
  readonly mode?: PositionMode
  /** Of ids that the venue makes up. */
  readonly seed?: number
  /** The machine's where absent. */
  readonly clock?: Clock
}

const USUAL_WALLETS: ReadonlyMap<string, Money> = new Map([['USDT', parseMoney('10000')]])

async function startOf({ market }: PaperTerms, instrument: Instrument): Promise<MarketStart> {
  const [candle] = await market.fetchCandles(instrument.symbol, '1m', 1)
  const price = candle?.close ?? asPrice(0n)
  if (price > 0n) return { rules: usualRules(instrument), price }
  throw new TranchebookError(
    'simulator.no-price',
    `expected a price of ${instrument.symbol} at ${market.name}, got none: a symbol without trades cannot be traded on paper`,
    { details: { symbol: instrument.symbol } },
  )
}

function instrumentOf(instruments: readonly Instrument[], symbol: string): Instrument {
  const found = instruments.find((instrument) => instrument.symbol === symbol)
  if (found !== undefined) return found
  throw new TranchebookError(
    'simulator.unknown-symbol',
    `expected one of the ${instruments.length} symbols that the market lists, got ${symbol}`,
    { details: { symbol } },
  )
}

/**
 * A venue of our own with the symbols, limits and present prices of a real one. Bands, margin tiers and fees are the usual ones.
 *
 * @throws {TranchebookError} `simulator.unknown-symbol`, `simulator.no-price`
 * @throws {VenueError} `venue.read.failed` when the market does not answer
 */
export async function createPaperExchange(terms: PaperTerms): Promise<Exchange> {
  const { market, account, symbols, wallets = USUAL_WALLETS, mode, seed = 1, clock = systemClock } = terms
  const instruments = await market.fetchInstruments()
  const wanted = symbols.map((symbol) => instrumentOf(instruments, symbol))
  const { offsetMs } = await market.syncClock()
  const markets: MarketStart[] = []
  for (const instrument of wanted) markets.push(await startOf(terms, instrument))
  const isSeparate = market.capabilities.conditionalStyle === 'separate-orders'
  const behaviour = isSeparate ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  const startTime = clock.now() + offsetMs
  const exchange = createExchange({ markets, behaviour, seed, startTime, liquidity: { spreadTicks: 1 } })
  openAccount(exchange, account, wallets)
  if (mode === 'HEDGE') setHedgeMode(exchange, account, true)
  return exchange
}
