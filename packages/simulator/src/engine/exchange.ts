import {
  asQuantity,
  type Money,
  NO_MONEY,
  type OrderSide,
  type Price,
  type Quantity,
  TranchebookError,
} from '@tranchebook/core'
import type { Account, FeeTerms } from './account.js'
import type { Behaviour } from './behaviour.js'
import type { EngineEvent } from './events.js'
import { type Minutes, openMinutes } from './minute-bars.js'
import type { ConditionalOrder, SimulatedOrder } from './order.js'
import { parseRate, type Rate } from './parse-rate.js'
import { createRandom, type Random } from './random.js'
import type { SymbolRules } from './rules.js'

/** Offers of others at one price. `null` = without end. */
export interface Level {
  readonly price: Price
  quantity: Quantity | null
}

/** Prices at which the next thing happens, seen from now; `null` = none. */
export interface Thresholds {
  readonly above: Price | null
  readonly below: Price | null
}

/** How far a symbol is delisted: `settled` = nothing is left to trade; `gone` = the venue knows it no more. */
export type Listing = 'listed' | 'settled' | 'gone'

/** One symbol's market. */
export interface Market {
  rules: SymbolRules
  listing: Listing
  mark: Price
  last: Price
  /** Offers set by hand, until the price moves. */
  book: { readonly bids: Level[]; readonly asks: Level[] } | null
  /** What of the standing offers at the best price is used up, until the price moves. */
  taken: { BUY: Quantity; SELL: Quantity }
  readonly buys: SimulatedOrder[]
  readonly sells: SimulatedOrder[]
  readonly conditionals: Set<ConditionalOrder>
  fundingRate: Rate
  nextFundingTime: number
  /** Rates that were paid, oldest first. */
  readonly fundings: { readonly time: number; readonly rate: Rate; readonly mark: Price }[]
  thresholds: { last: Thresholds; mark: Thresholds } | null
  readonly minutes: Minutes
}

/** How deep the market of others is around the last price. */
export interface Liquidity {
  /** Ticks between bid and ask; the bid is the last price. */
  readonly spreadTicks: number
  /** Others' quantity at each price level; `null` = without end at the best price. */
  readonly quantityPerLevel: Quantity | null
  readonly ticksBetweenLevels: number
  /** What a touch of a resting order's price fills at most; `null` = all of it. */
  readonly touchQuantity: Quantity | null
}

/** How a venue begins. */
export interface ExchangeOptions {
  readonly markets: readonly MarketStart[]
  readonly behaviour: Behaviour
  readonly seed: number
  /** Epoch ms. */
  readonly startTime: number
  readonly liquidity?: Partial<Liquidity>
  readonly firstOrderId?: bigint
}

/** A symbol and its first price. */
export interface MarketStart {
  readonly rules: SymbolRules
  readonly price: Price
}

/** The venue: everything in it is plain state, changed only by the functions of this package. */
export interface Exchange {
  time: number
  readonly behaviour: Behaviour
  readonly liquidity: Liquidity
  readonly random: Random
  readonly markets: Map<string, Market>
  readonly accounts: Map<string, Account>
  readonly numbers: { order: bigint; conditional: bigint; trade: bigint; income: bigint; priority: number }
  /** When the next good-till-date order runs out; `null` = there is none. */
  nextGoodTill: number | null
  /** Pays what liquidated accounts owe; takes what they leave. */
  insurance: Money
  readonly listeners: Set<(event: EngineEvent) => void>
  readonly outbox: EngineEvent[]
  isDelivering: boolean
}

const FIRST_ORDER_ID = 8_389_765_739_703_625_000n
const FIRST_CONDITIONAL_ID = 4_000_001_910_701_000n
const FIRST_TRADE_ID = 7_960_913_000n
const FUNDING_INTERVAL_MS = 28_800_000
const NORMAL_FUNDING = parseRate('0.0001')

function openMarket({ rules, price }: MarketStart, time: number): Market {
  return {
    rules,
    listing: 'listed',
    mark: price,
    last: price,
    book: null,
    taken: { BUY: asQuantity(0n), SELL: asQuantity(0n) },
    buys: [],
    sells: [],
    conditionals: new Set(),
    fundingRate: NORMAL_FUNDING,
    nextFundingTime: (Math.floor(time / FUNDING_INTERVAL_MS) + 1) * FUNDING_INTERVAL_MS,
    fundings: [],
    thresholds: null,
    minutes: openMinutes(time, price),
  }
}

/** A venue without customers. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { markets, behaviour, seed, startTime, liquidity, firstOrderId } = options
  return {
    time: startTime,
    behaviour,
    liquidity: { spreadTicks: 0, quantityPerLevel: null, ticksBetweenLevels: 1, touchQuantity: null, ...liquidity },
    random: createRandom(seed),
    markets: new Map(markets.map((market) => [market.rules.instrument.symbol, openMarket(market, startTime)])),
    accounts: new Map(),
    numbers: {
      order: firstOrderId ?? FIRST_ORDER_ID,
      conditional: FIRST_CONDITIONAL_ID,
      trade: FIRST_TRADE_ID,
      income: 1n,
      priority: 0,
    },
    nextGoodTill: null,
    insurance: NO_MONEY,
    listeners: new Set(),
    outbox: [],
    isDelivering: false,
  }
}

/** What a usual customer pays. */
const USUAL_FEES: FeeTerms = { maker: parseRate('0.0002'), taker: parseRate('0.0005'), other: null }

/** A new customer with that in the wallets. One-way mode, cross margin. */
export function openAccount(exchange: Exchange, id: string, wallets: ReadonlyMap<string, Money>): Account {
  const account: Account = {
    id,
    fees: USUAL_FEES,
    isHedge: false,
    wallets: new Map(wallets),
    positions: new Map(),
    leverages: new Map(),
    marginTypes: new Map(),
    orders: new Map(),
    live: new Map(),
    conditionals: new Map(),
    newest: { orders: new Map(), conditionals: new Map() },
    waiting: new Map(),
    trades: [],
    income: [],
  }
  exchange.accounts.set(id, account)
  return account
}

/** @throws {TranchebookError} `simulator.unknown-symbol` */
export function marketOf(exchange: Exchange, symbol: string): Market {
  const market = exchange.markets.get(symbol)
  if (market !== undefined) return market
  const known = [...exchange.markets.keys()].join(', ')
  throw new TranchebookError('simulator.unknown-symbol', `expected one of ${known}, got ${symbol}`, {
    details: { symbol },
  })
}

/** @throws {TranchebookError} `simulator.unknown-account` */
export function accountOf(exchange: Exchange, id: string): Account {
  const account = exchange.accounts.get(id)
  if (account !== undefined) return account
  throw new TranchebookError('simulator.unknown-account', `no account ${id} was opened at this venue: open it first`, {
    details: { account: id },
  })
}

/** Notes an event; it is delivered once the operation under way is complete. */
export function emit(exchange: Exchange, event: EngineEvent): void {
  if (exchange.listeners.size > 0) exchange.outbox.push(event)
}

/** Delivers what was noted, in order. What listeners do to the venue meanwhile is delivered after it. */
export function deliver(exchange: Exchange): void {
  if (exchange.isDelivering || exchange.outbox.length === 0) return
  exchange.isDelivering = true
  try {
    for (let event = exchange.outbox.shift(); event !== undefined; event = exchange.outbox.shift()) {
      for (const listener of exchange.listeners) listener(event)
    }
  } finally {
    exchange.isDelivering = false
  }
}

/** Orders that rest on that side, best price first, then oldest. */
export function restingOn(market: Market, side: OrderSide): SimulatedOrder[] {
  return side === 'BUY' ? market.buys : market.sells
}

/** Nothing that was known about the next thing to happen holds any more. */
export function forgetThresholds(exchange: Exchange): void {
  for (const market of exchange.markets.values()) market.thresholds = null
}
