import { setTimeout as wait } from 'node:timers/promises'
import { type Clock, Secret, systemClock } from '@tranchebook/adapters'
import { parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import {
  advanceTo,
  ASTER_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  ETHUSDT,
  type Exchange,
  faultsByHand,
  movePrice,
  openAccount,
  parseRate,
  payFunding,
  PLAIN_SPEC,
  placeOrder,
  playTrade,
  setHedgeMode,
  setMark,
} from '@tranchebook/simulator'
import type { StageSetting, VenueBench, VenueHands } from '@tranchebook/testkit/contract'
import { openCedarExchange } from './cedar-exchange.js'
import { openCedar } from './open-cedar.js'

const START = 1_790_000_000_000
const KEY = 'cedar-key-0123456789'
const WALLET = '10000'

function openEngine({ mode }: StageSetting): Exchange {
  const markets = [
    { rules: BTCUSDT, price: parsePrice('50000') },
    { rules: ETHUSDT, price: parsePrice('3000') },
  ]
  const liquidity = { spreadTicks: 1 }
  const exchange = createExchange({ markets, behaviour: ASTER_BEHAVIOUR, seed: 1, startTime: START, liquidity })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(WALLET)]]))
  if (mode === 'HEDGE') setHedgeMode(exchange, 'main', true)
  return exchange
}

type MarketHands = Pick<VenueHands, 'movePrice' | 'payFunding' | 'tradeOfOthers' | 'tradeByHand'>

function handsOn(exchange: Exchange, now: () => number): MarketHands {
  return {
    movePrice: (symbol, to) => {
      advanceTo(exchange, now())
      movePrice(exchange, { symbol, to: parsePrice(to), axis: 'both', isGap: false })
      setMark(exchange, symbol, parsePrice(to))
    },
    payFunding: (symbol, rate) => {
      advanceTo(exchange, now())
      payFunding(exchange, symbol, parseRate(rate))
    },
    tradeOfOthers: (symbol, price, quantity) => {
      playTrade(exchange, { symbol, price: parsePrice(price), quantity: parseQuantity(quantity), takerSide: null })
    },
    tradeByHand: (symbol, quantity, times) => {
      for (let count = 0; count < times; count += 1) {
        const side = count % 2 === 0 ? 'BUY' : 'SELL'
        const spec = { ...PLAIN_SPEC, symbol, side, type: 'MARKET', quantity: parseQuantity(quantity) } as const
        placeOrder(exchange, 'main', spec)
      }
    },
  }
}

/** Cedar on a port of this machine, and its adapter. */
export function cedarBench(): VenueBench {
  return {
    name: 'Cedar over sockets',
    lacks: ['settling', 'listenKeys', 'lateTriggers'],
    open: async (setting) => {
      let offset = START - Date.now()
      const clock: Clock = { ...systemClock, now: () => Date.now() + offset }
      const ours: Clock = { ...systemClock, now: () => clock.now() + setting.clockAheadMs }
      const exchange = openEngine(setting)
      const faults = faultsByHand({ delayMs: 300 })
      const mayTrade = setting.keys !== 'readOnly'
      const cedar = await openCedarExchange({ exchange, account: 'main', clock, faults, key: KEY, mayTrade })
      const isRight = setting.keys === 'right' || setting.keys === 'readOnly'
      const key = new Secret(isRight ? KEY : 'another-key-9876543210')
      const venue = openCedar({ port: cedar.port, account: 'main', key, clock: ours })
      return {
        venue,
        candles: venue,
        symbol: 'BTCUSDT',
        price: '50000',
        wallet: WALLET,
        otherSymbol: 'ETHUSDT',
        otherRest: { price: '2900', quantity: '0.1' },
        settlingSymbol: 'none',
        secrets: [KEY, key.reveal()],
        requests: cedar.requests,
        pause: () => wait(5),
        close: async () => {
          await venue.close()
          await cedar.close()
        },
        hands: {
          ...handsOn(exchange, () => clock.now()),
          failNextWrite: (fault) => {
            faults.write(fault)
          },
          failNextRead: (fault) => {
            faults.read(fault)
          },
          cutStreams: cedar.cut,
          expireListenKey: () => undefined,
          advance: (ms) => {
            offset += ms
          },
        },
      }
    },
  }
}
