import { parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import {
  advanceTo,
  ASTER_BEHAVIOUR,
  type Behaviour,
  BINANCE_BEHAVIOUR,
  createExchange,
  type Exchange,
  marketOf,
  type MarketStart,
  movePrice,
  openAccount,
  parseRate,
  payFunding,
  PLAIN_SPEC,
  placeOrder,
  playTrade,
  rulesFrom,
  setHedgeMode,
  setMark,
  type SymbolRules,
} from '@tranchebook/simulator'
import type { StageSetting, VenueHands, VenueStage } from '../../src/contract/index.js'

/** Which venue a bench stands for. */
export type Likeness = 'binance' | 'aster'

/** An hour after funding was due, so that none falls due during a case. */
export const START = 1_790_000_000_000 - (1_790_000_000_000 % 28_800_000) + 3_600_000

/** What a stage knows of its market. */
export const FACTS = {
  symbol: 'BTCUSDT',
  price: '50000',
  wallet: '10000',
  otherSymbol: 'ETHUSDT',
  otherRest: { price: '2900', quantity: '0.1' },
  settlingSymbol: 'LUNAUSDT',
} as const satisfies Partial<VenueStage>

function settling(rules: SymbolRules): SymbolRules {
  return {
    ...rules,
    instrument: { ...rules.instrument, isTrading: false },
    listing: { ...rules.listing, status: 'SETTLING' },
  }
}

function marketsOf(likeness: Likeness): readonly MarketStart[] {
  const isAster = likeness === 'aster'
  const text = { maxQuantity: '1000', maxMarketQuantity: '120', maxConditionalOrders: isAster ? 10 : null }
  const rules = (symbol: string, tickSize: string): SymbolRules =>
    rulesFrom({ ...text, symbol, tickSize, stepSize: '0.001', minNotional: isAster ? '5' : '50' })
  return [
    { rules: rules('BTCUSDT', '0.1'), price: parsePrice('50000') },
    { rules: rules('ETHUSDT', '0.01'), price: parsePrice('3000') },
    { rules: settling(rules('LUNAUSDT', '0.001')), price: parsePrice('2') },
  ]
}

const LATE: Partial<Behaviour> = { triggerNews: 'afterFills', childClientId: 'generated' }

/** A venue with three symbols, one of them settling, and an account of 10,000 USDT. */
export function openMarket(likeness: Likeness, { mode, hasLateTriggers }: StageSetting): Exchange {
  const usual = likeness === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  const exchange = createExchange({
    markets: marketsOf(likeness),
    behaviour: { ...usual, ...(hasLateTriggers ? LATE : {}) },
    seed: 1,
    startTime: START,
    liquidity: { spreadTicks: 1 },
  })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(FACTS.wallet)]]))
  if (mode === 'HEDGE') setHedgeMode(exchange, 'main', true)
  return exchange
}

type MarketHands = Pick<VenueHands, 'movePrice' | 'payFunding' | 'tradeOfOthers' | 'tradeByHand'>

/** Hands on the market itself; `now` is the venue's time. */
export function marketHands(exchange: Exchange, now: () => number, account = 'main'): MarketHands {
  const at =
    <Arguments extends readonly unknown[]>(run: (...given: Arguments) => void) =>
    (...given: Arguments): void => {
      advanceTo(exchange, now())
      run(...given)
    }
  return {
    movePrice: at((symbol, to) => {
      movePrice(exchange, { symbol, to: parsePrice(to), axis: 'both', isGap: false })
      setMark(exchange, symbol, parsePrice(to))
    }),
    payFunding: at((symbol, rate) => {
      payFunding(exchange, symbol, parseRate(rate))
    }),
    tradeOfOthers: at((symbol, price, quantity) => {
      const isBelow = parsePrice(price) < marketOf(exchange, symbol).last
      const takerSide = isBelow ? 'SELL' : 'BUY'
      playTrade(exchange, { symbol, price: parsePrice(price), quantity: parseQuantity(quantity), takerSide })
    }),
    tradeByHand: at((symbol, quantity, times) => {
      for (let count = 0; count < times; count += 1) {
        const side = count % 2 === 0 ? 'BUY' : 'SELL'
        const spec = { ...PLAIN_SPEC, symbol, side, type: 'MARKET', quantity: parseQuantity(quantity) } as const
        placeOrder(exchange, account, spec)
      }
    }),
  }
}
