import { createHmac } from 'node:crypto'

/** Keys of an account at a venue that speaks Binance's protocol. */
export interface ForeignKeys {
  readonly rest: string
  readonly apiKey: string
  readonly apiSecret: string
}

/** What such a bot can do. */
export interface ForeignBot {
  buy(symbol: string, quantity: string): Promise<unknown>
  sell(symbol: string, quantity: string): Promise<unknown>
  /** Stops that rest at the venue, as `STOP_MARKET 0.02`. */
  openStops(symbol: string): Promise<readonly string[]>
}

function describe(order: unknown): string {
  if (typeof order !== 'object' || order === null) return 'an order that nobody can read'
  const { orderType, quantity } = { orderType: null, quantity: null, ...order }
  return `${orderType} ${quantity}`
}

/** A bot that knows nothing of tranches, as it could be written in any language: signed requests, nothing else. */
export function foreignBot({ rest, apiKey, apiSecret }: ForeignKeys): ForeignBot {
  const ask = async (method: string, path: string, terms: Readonly<Record<string, string>>): Promise<unknown> => {
    const query = new URLSearchParams({ ...terms, timestamp: String(Date.now()) }).toString()
    const signature = createHmac('sha256', apiSecret).update(query).digest('hex')
    const headers = { 'X-MBX-APIKEY': apiKey }
    const answer = await fetch(`${rest}${path}?${query}&signature=${signature}`, { method, headers })
    return answer.json()
  }
  const trade = async (side: string, terms: Readonly<Record<string, string>>): Promise<unknown> =>
    ask('POST', '/fapi/v1/order', { ...terms, side, type: 'MARKET' })
  return {
    buy: async (symbol: string, quantity: string): Promise<unknown> => trade('BUY', { symbol, quantity }),
    sell: async (symbol: string, quantity: string): Promise<unknown> => trade('SELL', { symbol, quantity }),
    openStops: async (symbol: string): Promise<readonly string[]> => {
      const orders = await ask('GET', '/fapi/v1/openAlgoOrders', { symbol })
      return Array.isArray(orders) ? orders.map(describe) : []
    },
  }
}
