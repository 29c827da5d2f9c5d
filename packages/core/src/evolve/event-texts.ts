import type { AmountTexts, LevelText, TargetTexts } from '../book/events.js'
import type { Amounts, TakeProfitLevel, Tranche } from '../book/tranche.js'
import { type Money, parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice, type Price } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'

/** A price that may be none. */
export function priceOrNull(text: string | null): Price | null {
  return text === null ? null : parsePrice(text)
}

/** An amount that may be unknown. */
export function moneyOrNull(text: string | null): Money | null {
  return text === null ? null : parseMoney(text)
}

function parseLevels(levels: readonly LevelText[]): TakeProfitLevel[] {
  return levels.map((level) => ({
    profitPercent: parsePercent(level.profitPercent),
    closePercent: parsePercent(level.closePercent),
    price: parsePrice(level.price),
    quantity: parseQuantity(level.quantity),
    filled: parseQuantity(level.filled),
    hitTime: level.hitTime,
  }))
}

/** Targets as the state keeps them. */
export function parseTargets(event: TargetTexts): Pick<Tranche, 'takeProfitPrice' | 'stopPrice' | 'levels'> {
  return {
    takeProfitPrice: priceOrNull(event.takeProfitPrice),
    stopPrice: priceOrNull(event.stopPrice),
    levels: event.levels.length === 0 ? [] : parseLevels(event.levels),
  }
}

/** Amounts by asset. */
export function parseAmounts(texts: AmountTexts): Amounts {
  const amounts: Amounts = {}
  for (const asset of Object.keys(texts)) {
    const text = texts[asset]
    if (text !== undefined) amounts[asset] = parseMoney(text)
  }
  return amounts
}
