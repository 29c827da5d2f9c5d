import { type Instrument, parseMoney, parsePrice, parseQuantity, unknownInstrument } from '@tranchebook/core'
import { parseRatio } from '../exact/ratio.js'
import type { ModelInstrument } from '../model/model-options.js'
import type { MarketTexts } from './instruments.js'

/** The market's filters as the core takes them. */
export function instrumentOf(market: MarketTexts): Instrument {
  return {
    ...unknownInstrument(market.symbol),
    quoteAsset: market.quoteAsset,
    tickSize: parsePrice(market.tickSize),
    stepSize: parseQuantity(market.stepSize),
    minQuantity: parseQuantity(market.minQuantity),
    minNotional: parseMoney(market.minNotional),
  }
}

/** The market's filters as the reference model takes them. */
export function modelInstrumentOf(market: MarketTexts): ModelInstrument {
  return {
    quoteAsset: market.quoteAsset,
    tickSize: parseRatio(market.tickSize),
    stepSize: parseRatio(market.stepSize),
    minQuantity: parseRatio(market.minQuantity),
  }
}
