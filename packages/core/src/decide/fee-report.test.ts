import { describe, expect, it } from 'vitest'
import { runOptions } from '../../test/random-runs.js'
import { parseQuantity } from '../money/quantity.js'
import { parseInput } from '../observe/parse-input.js'
import { runInputs } from '../replay/run-inputs.js'

const fill = { type: 'fill', symbol: 'BTCUSDT', positionSide: 'LONG', tradeId: '1', price: '100' }
const bought = { ...fill, side: 'BUY', time: 1000, quantity: '2', fee: null }

describe('a second report of a fill that brings its fee', () => {
  it('is refused where it claims another quantity, or the other direction: the fee stays unknown', () => {
    const fee = { fee: '0.04', feeAsset: 'USDT' }
    const inputs = [bought, { ...bought, ...fee, quantity: '0.5' }, { ...bought, ...fee, side: 'SELL' }].map(
      (line, sequence) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }),
    )
    const { books, refused } = runInputs(inputs, runOptions('HEDGE', {}))
    expect(books[0]?.book.groups.LONG).toMatchObject({ quantity: parseQuantity('2'), fees: {}, unknownFeeCount: 1 })
    expect(refused.map(({ refusal: { code, message } }) => [code, message])).toEqual([
      [
        'fill.contradiction',
        'trade 1 of main/BTCUSDT is booked with other content: 2 into LONG, not 0.5 into LONG; what is booked stays',
      ],
      [
        'fill.contradiction',
        'trade 1 of main/BTCUSDT is booked with other content: 2 into LONG, not 2 out of LONG; what is booked stays',
      ],
    ])
  })
})
