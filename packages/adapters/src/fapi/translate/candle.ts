import { parsePrice, parseQuantity } from '@tranchebook/core'
import type { Candle } from '../../venue/candle.js'
import type { KlineRow } from '../wire/kline-row.js'

/** A bar in our words. */
export function translateKline({ openTime, closeTime, open, high, low, close, volume }: KlineRow): Candle {
  return {
    openTime,
    closeTime,
    open: parsePrice(open),
    high: parsePrice(high),
    low: parsePrice(low),
    close: parsePrice(close),
    volume: parseQuantity(volume),
  }
}
