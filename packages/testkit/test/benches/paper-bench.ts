import { setImmediate } from 'node:timers/promises'
import { parseMoney } from '@tranchebook/core'
import {
  advanceTo,
  createPaperExchange,
  createVirtualClock,
  faultsByHand,
  openPaper,
  openSimulated,
  type VirtualClock,
} from '@tranchebook/simulator'
import type { StageSetting, VenueBench } from '../../src/contract/index.js'
import { FACTS, marketHands, openMarket } from './market.js'
import { localMarket } from './local-market.js'

const MOMENT_MS = 50
const LATE_MS = 300
const ACCOUNT = 'paper'

async function openStage(setting: StageSetting) {
  const real = openMarket('binance', setting)
  const realClock = createVirtualClock(real)
  const realVenue = openSimulated({ exchange: real, account: 'main', clock: realClock })
  const terms = {
    market: localMarket(real, realVenue),
    account: ACCOUNT,
    symbols: [FACTS.symbol, FACTS.otherSymbol],
    wallets: new Map([['USDT', parseMoney(FACTS.wallet)]]),
    mode: setting.mode,
  }
  const exchange = await createPaperExchange({ ...terms, clock: realClock })
  const paperClock = createVirtualClock(exchange)
  const faults = faultsByHand({ delayMs: LATE_MS })
  const venue = await openPaper({ ...terms, exchange, clock: paperClock, faults })
  const advance = (ms: number): void => {
    for (const clock of [realClock, paperClock] satisfies readonly VirtualClock[]) clock.advance(ms)
  }
  return { real, realClock, realVenue, exchange, paperClock, faults, venue, advance }
}

/** Paper in this process: prices are moved at the market, money and orders are those of the paper account. */
export function paperBench(): VenueBench {
  return {
    name: 'paper on a market in this process',
    lacks: ['keys', 'clock', 'bans', 'listenKeys', 'lateTriggers', 'settling'],
    open: async (setting) => {
      const { real, realClock, realVenue, exchange, paperClock, faults, venue, advance } = await openStage(setting)
      const atMarket = marketHands(real, () => realClock.now())
      const onPaper = marketHands(exchange, () => paperClock.now(), ACCOUNT)
      return {
        ...FACTS,
        venue,
        candles: venue,
        secrets: [],
        requests: () => 0,
        pause: async () => {
          advance(MOMENT_MS)
          await setImmediate()
        },
        close: () => venue.close(),
        hands: {
          movePrice: atMarket.movePrice,
          tradeOfOthers: atMarket.tradeOfOthers,
          payFunding: onPaper.payFunding,
          tradeByHand: onPaper.tradeByHand,
          failNextWrite: (fault) => {
            faults.write(fault)
          },
          failNextRead: (fault) => {
            faults.read(fault)
          },
          cutStreams: () => {
            advanceTo(real, realClock.now())
            realVenue.cutStreams('cut by hand')
            venue.cutStreams('cut by hand')
          },
          expireListenKey: () => undefined,
          advance,
        },
      }
    },
  }
}
