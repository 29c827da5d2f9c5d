import { absolute, asPrice, asQuantity, divide, parseMoney, type Price, roundToStep } from '@tranchebook/core'
import { type Exchange, marketOf, type OthersLiquidated, type Random } from '@tranchebook/simulator'

/** A move so far, in parts of 10,000, ruins somebody. */
const RUIN_PARTS = 70n
const PARTS = 10_000n
/** How much of the way to the price the memory of it goes in each step. */
const MEMORY = 60n
const SMALLEST_QUOTE = 20_000
const QUOTE_SPAN = 180_000

/** Sees in one price whether it moved so fast that others are liquidated. */
export class Cascade {
  private remembered: Price | null = null
  private readonly symbol: string
  private readonly random: Random

  constructor(symbol: string, random: Random) {
    this.symbol = symbol
    this.random = random
  }

  /** Looks at the price as it is now; `null` = nobody is ruined. */
  look(exchange: Exchange): OthersLiquidated | null {
    const { last, rules } = marketOf(exchange, this.symbol)
    const before = this.remembered ?? last
    const away = last - before
    this.remembered = asPrice(before + away / MEMORY)
    if (absolute(asPrice(away)) * PARTS < before * RUIN_PARTS) return null
    this.remembered = last
    const quote = parseMoney(String(SMALLEST_QUOTE + this.random.next(QUOTE_SPAN)))
    const quantity = asQuantity(divide(quote, last, 'down'))
    const { stepSize } = rules.instrument
    return {
      symbol: this.symbol,
      side: away < 0n ? 'SELL' : 'BUY',
      price: last,
      quantity: roundToStep(quantity, stepSize, 'down'),
    }
  }
}
