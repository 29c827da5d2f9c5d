import { analyze, AS_TEXT, historyOf, parsePrice, type Percent, parsePercent } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { longLog } from '../../test/long-log.js'
import { joinOlder } from './join-older.js'

const takerFeePercent: Percent = parsePercent('0.05')
const at = { mark: parsePrice('50000'), quoteAsset: 'USDT', prices: {}, takerFeePercent }
const { pnl } = analyze(historyOf(longLog(120)), { at, now: 0, present: AS_TEXT })

describe('joined slices', () => {
  it('add up to the total, however few are shown', () => {
    expect(pnl.byTranche.length).toBeGreaterThan(20)
    for (const most of [1, 2, 7, pnl.byTranche.length - 1]) {
      const slices = joinOlder(pnl.byTranche, most)
      expect(slices).toHaveLength(most)
      expect(slices[0]?.key).toBe('older')
      expect(joinOlder(slices, 1)).toMatchObject([{ ...pnl.total, key: 'older' }])
    }
  })

  it('are what they were where they are few', () => {
    expect(joinOlder(pnl.byTranche, pnl.byTranche.length)).toEqual(pnl.byTranche)
  })
})
