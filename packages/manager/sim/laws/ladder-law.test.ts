import { asPrice, parseMoney, parsePercent, parsePrice, parseQuantity } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { checkLadder, type LadderTranche } from './ladder-law.js'

const PRICES = ['50118.1', '49713.9', '49309.8']

/** SHORT of 0.047 at 50522.25; 50522.25 × 0.047 = 2374.54575. Levels 1 and 3 were reached before an addition moved all of them. */
function trancheWithStop(stop: string): LadderTranche {
  const levels = PRICES.map((price) => ({
    profitPercent: parsePercent('1'),
    closePercent: parsePercent('30'),
    price: asPrice(parsePrice(price)),
    quantity: parseQuantity('0.014'),
    filled: parseQuantity('0'),
    hitTime: 1,
  }))
  const basis = { basisCost: parseMoney('2374.54575'), basisQuantity: parseQuantity('0.047') }
  return { id: 'T3', side: 'SHORT', stopPrice: parsePrice(stop), levels, ...basis }
}

function blamesOf(stop: string, level: number): readonly string[] {
  const blames: string[] = []
  checkLadder(trancheWithStop(stop), { level, stopLadder: 'BREAKEVEN_THEN_PREVIOUS' }, (text) => blames.push(text))
  return blames
}

it.each([
  ['level 1 wants the entry', '50522.2', 1, 0],
  ['a stop above the entry has not followed level 1', '50530', 1, 1],
  ['level 3 wants the price of level 2', '49713.9', 3, 0],
  ['a stop above that has not followed level 3', '49762.3', 3, 1],
  ['level 2 reached after level 3 asks for no more than the price of level 1', '49762.3', 2, 0],
])('%s', (_story, stop, level, count) => {
  expect(blamesOf(stop, level)).toHaveLength(count)
})
