import { parsePrice, parseQuantity } from '@tranchebook/core'
import type { PublicTrade } from '../../venue/market-source.js'
import type { AggregateTrade } from '../wire/aggregate-trade.js'

/** A trade of others in our words. */
export function translatePublicTrade(trade: AggregateTrade): PublicTrade {
  const { id: tradeId, symbol, price, quantity, time, isBuyerMaker } = trade
  return {
    type: 'publicTrade',
    time,
    symbol,
    price: parsePrice(price),
    quantity: parseQuantity(quantity),
    tradeId,
    takerSide: isBuyerMaker ? 'SELL' : 'BUY',
  }
}
