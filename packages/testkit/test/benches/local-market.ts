import { BINANCE_CAPABILITIES, type MarketSource, type PublicTradeEvent } from '@tranchebook/adapters'
import { type EngineEvent, type Exchange, type SimulatedVenue } from '@tranchebook/simulator'

/** What a venue in this process shows to everybody. */
export function localMarket(exchange: Exchange, venue: SimulatedVenue): MarketSource {
  return {
    name: 'a market in this process',
    capabilities: BINANCE_CAPABILITIES,
    fetchInstruments: () => venue.fetchInstruments(),
    fetchCandles: (symbol, interval, limit) => venue.fetchCandles(symbol, interval, limit),
    syncClock: () => venue.syncClock(),
    streamMarks: (symbols, listener) => venue.streamMarks(symbols, listener),
    streamTrades: (symbols, listener: (event: PublicTradeEvent) => void) => {
      const tell = (event: EngineEvent): void => {
        if (event.type !== 'publicTrade' || !symbols.includes(event.symbol)) return
        const { isBuyerMaker, ...trade } = event
        listener({ ...trade, takerSide: isBuyerMaker ? 'SELL' : 'BUY' })
      }
      exchange.listeners.add(tell)
      return {
        opened: Promise.resolve(),
        resume: () => undefined,
        close: () => {
          exchange.listeners.delete(tell)
          return Promise.resolve()
        },
      }
    },
    close: () => venue.close(),
  }
}
