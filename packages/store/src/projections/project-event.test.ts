import type { EventOf } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { projectEvent } from './project-event.js'

const header = { version: 1, time: 7, causationId: 'c', correlationId: 'c' } as const
const book = { a: 'main', y: 'BTCUSDT' }

const proven: EventOf<'EstimateReplaced'> = {
  ...header,
  type: 'EstimateReplaced',
  estimate: 'e1',
  side: 'LONG',
  kind: 'exit',
  tradeId: '9',
  quantity: '0.01',
  price: '50000',
  feeAsset: 'USDT',
  parts: [{ tranche: 'T1', quantity: '0.01', correction: '-2.5', fee: '0.2', isProven: true }],
}

describe('projectEvent', () => {
  it.each([
    ['LONG', '-2.5'],
    ['SHORT', '2.5'],
  ] as const)(
    'corrects the result and the price of a %s exit that a later fill proves, and books its fee',
    (side, dearer) => {
      expect(projectEvent('main/BTCUSDT', { ...proven, side })).toEqual([
        { ...book, o: 'tranche.change', k: 'T1', r: { '+realized_pnl': '-2.5', '+exit_notional': dearer } },
        { ...book, o: 'cost', k: 'T1', r: { kind: 'fee', asset: 'USDT', amount: '0.2' } },
      ])
    },
  )

  it('corrects the entry that a later fill proves', () => {
    const event: EventOf<'EstimateReplaced'> = { ...proven, kind: 'entry', feeAsset: null }
    const r = { correction: '-2.5', price_estimated: 0, rebase: true }
    expect(projectEvent('main/BTCUSDT', event)).toEqual([{ ...book, o: 'tranche.entry', k: 'T1', r }])
  })

  it('leaves the tables alone for what concerns no tranche, order or fill', () => {
    expect(projectEvent('main/BTCUSDT', { ...header, type: 'TradingResumed', actor: null })).toEqual([])
  })
})
