import { describe, expect, it } from 'vitest'
import { runOptions } from '../../test/random-runs.js'
import { parseMoney } from '../money/money.js'
import { parseInput } from '../observe/parse-input.js'
import { runInputs } from '../replay/run-inputs.js'

const fill = { type: 'fill', symbol: 'BTCUSDT', positionSide: 'LONG', tradeId: '1', price: '100' }
const bought = { ...fill, side: 'BUY', time: 1000, quantity: '2', fee: null }

describe('a second report of a fill that brings its fee', () => {
  it('pays the whole fee where it claims less than was booked', () => {
    const report = { ...bought, quantity: '0.5', fee: '0.04', feeAsset: 'USDT' }
    const inputs = [bought, report].map((line, sequence) =>
      parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }),
    )
    const [ran] = runInputs(inputs, runOptions('HEDGE', {})).books
    expect(ran?.book.groups.LONG).toMatchObject({ fees: { USDT: parseMoney('0.04') }, unknownFeeCount: 0 })
  })
})
