import { WebSocket } from 'ws'
import type { Liquidation } from './liquidation.js'
import { parseLiquidations } from './parse-liquidation.js'

/** A subscription that runs. */
export interface LiquidationStream {
  close(): void
}

const RETRY_MS = 1_000

/**
 * Listens to the liquidations of all symbols at an address, such as `wss://fstream.binance.com/market/ws/!forceOrder@arr`. A connection
 * that breaks is made again; what was told meanwhile is missed: these are signals, not the account's own events.
 */
export function streamLiquidations(address: string, listener: (liquidation: Liquidation) => void): LiquidationStream {
  let [isClosed, socket]: [boolean, WebSocket | null] = [false, null]
  let retry: NodeJS.Timeout | undefined
  const connect = (): void => {
    socket = new WebSocket(address)
    socket.on('message', (data: Buffer) => {
      for (const liquidation of parseLiquidations(data.toString('utf8'))) listener(liquidation)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (!isClosed) retry = setTimeout(connect, RETRY_MS)
    })
  }
  connect()
  return {
    close: () => {
      isClosed = true
      clearTimeout(retry)
      socket?.terminate()
    },
  }
}
