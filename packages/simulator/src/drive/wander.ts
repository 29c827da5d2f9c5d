import type { Clock } from '@tranchebook/adapters'
import { asPrice } from '@tranchebook/core'
import type { Exchange, Market } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'
import { movePrice } from '../engine/move-price.js'
import type { Random } from '../engine/random.js'

const STEP_MS = 1_000
/** Farthest that a price goes in one step, in parts of 100,000. */
const MOST_PARTS = 20
const PARTS = 100_000n

function nextPrice({ rules, last }: Market, random: Random): ReturnType<typeof asPrice> {
  const { tickSize } = rules.instrument
  const parts = BigInt(random.next(2 * MOST_PARTS + 1) - MOST_PARTS)
  const ticks = (last + (last * parts) / PARTS) / tickSize
  return asPrice((ticks < 2n ? 2n : ticks) * tickSize)
}

/** Lets every price of a venue wander a little each second, by chance from the seed. The returned function ends it. */
export function wander(exchange: Exchange, clock: Clock, random: Random): () => void {
  let stop: () => void = () => undefined
  const step = (): void => {
    advanceTo(exchange, clock.now())
    for (const [symbol, market] of exchange.markets) {
      if (market.rules.instrument.tickSize === 0n) continue
      movePrice(exchange, { symbol, to: nextPrice(market, random), axis: 'both', isGap: false })
    }
    stop = clock.schedule(STEP_MS, step)
  }
  stop = clock.schedule(STEP_MS, step)
  return () => {
    stop()
  }
}
