import type { MarketEvent } from '@tranchebook/adapters'
import type { Price } from '@tranchebook/core'
import type { EngineEvent } from '../engine/events.js'
import { marketOf } from '../engine/exchange.js'
import type { CuttableStream } from './account-stream.js'
import type { SimulatedSession } from './session.js'

const RECONNECT_MS = 1_000

/** Mark prices as the venue sets them; the present ones at the beginning. */
export function openMarkStream(
  session: SimulatedSession,
  symbols: readonly string[],
  listener: (event: MarketEvent) => void,
): CuttableStream {
  const { exchange, account, clock } = session
  const wanted = new Set(symbols)
  let isOpen = true
  let isConnected = false

  const tell = (symbol: string, price: Price): void => {
    const time = exchange.time
    listener({ type: 'mark', id: `mark:${symbol}:${time}`, time, account: account.id, symbol, price })
  }
  const onEngine = (event: EngineEvent): void => {
    if (isConnected && event.type === 'mark' && wanted.has(event.symbol)) tell(event.symbol, event.price)
  }
  const connect = (): void => {
    if (!isOpen) return
    isConnected = true
    listener({ type: 'connected', time: clock.now() })
    for (const symbol of wanted) {
      const { listing, mark } = marketOf(exchange, symbol)
      if (listing === 'listed') tell(symbol, mark)
    }
  }
  exchange.listeners.add(onEngine)
  return {
    opened: Promise.resolve().then(connect),
    cut: (reason) => {
      if (!isOpen || !isConnected) return
      isConnected = false
      listener({ type: 'gap', time: clock.now(), since: exchange.time, reason })
      clock.schedule(RECONNECT_MS, connect)
    },
    resume: () => undefined,
    close: () => {
      isOpen = false
      exchange.listeners.delete(onEngine)
      return Promise.resolve()
    },
  }
}
