import { expect, it } from 'vitest'
import { parsePositionRow } from '../wire/position-row.js'
import { translatePositions } from './position-input.js'

it.each(['0', '0.00000000'])(
  'a mark price of %s in a report of positions is no price (known failure P9)',
  (markPrice) => {
    const row = { symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: '-0.5', entryPrice: '50000', markPrice }
    const scope = { account: 'main', time: 1, symbols: ['BTCUSDT'], mode: 'ONE_WAY' } as const
    const [report] = translatePositions([parsePositionRow(row)], scope)
    expect(report).toMatchObject({ quantity: -500_000_000_000n, entryPrice: 50_000n * 10n ** 12n, markPrice: null })
  },
)
