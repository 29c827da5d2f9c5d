import { parseMoney, parsePrice, parseQuantity, unknownInstrument } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { entryAfter } from './hunt.js'
import { parseLiquidations } from './parse-liquidation.js'

const instrument = { ...unknownInstrument('BTCUSDT'), stepSize: parseQuantity('0.001') }
const rules = { smallest: parseMoney('30000'), entry: parseMoney('2000') }

function liquidated(side: 'BUY' | 'SELL', quantity: string) {
  return { symbol: 'BTCUSDT', side, quantity: parseQuantity(quantity), price: parsePrice('48000'), time: 1 }
}

describe('after a liquidation', () => {
  it.each([
    // 2 000 / 48 000 = 0.0416…, down to 0.041
    ['SELL', '1', { symbol: 'BTCUSDT', side: 'LONG', quantity: '0.041', actor: 'hunter' }],
    ['BUY', '1', { symbol: 'BTCUSDT', side: 'SHORT', quantity: '0.041', actor: 'hunter' }],
    // 48 000 · 0.625 = 30 000
    ['SELL', '0.625', { symbol: 'BTCUSDT', side: 'LONG', quantity: '0.041', actor: 'hunter' }],
    ['SELL', '0.624', null],
  ] as const)('%s of %s the hunter wants', (side, quantity, entry) => {
    expect(entryAfter(liquidated(side, quantity), instrument, rules)).toEqual(entry)
  })

  it('nothing is wanted that is less than a step', () => {
    const coarse = { ...instrument, stepSize: parseQuantity('1') }
    expect(entryAfter(liquidated('SELL', '1'), coarse, rules)).toBeNull()
  })
})

describe('a message of a venue', () => {
  const order = { s: 'BTCUSDT', S: 'SELL', q: '0.5', z: '0.4', p: '47000', ap: '47100.5', T: 7 }
  const read = {
    symbol: 'BTCUSDT',
    side: 'SELL',
    quantity: parseQuantity('0.4'),
    price: parsePrice('47100.5'),
    time: 7,
  }

  it.each([
    [{ e: 'forceOrder', E: 8, o: order }, [read]],
    [[{ e: 'forceOrder', E: 8, o: order }], [read]],
    [{ e: 'aggTrade', o: order }, []],
    [{ e: 'forceOrder', o: { ...order, S: 'HOLD' } }, []],
    [{ e: 'forceOrder', o: { ...order, ap: '1e5' } }, []],
    [null, []],
  ])('%j', (message, liquidations) => {
    expect(parseLiquidations(JSON.stringify(message))).toEqual(liquidations)
  })

  it('that is no JSON says nothing', () => {
    expect(parseLiquidations('{')).toEqual([])
  })
})
