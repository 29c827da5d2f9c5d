import { describe, expect, it } from 'vitest'
import { closed, eventOf, levelText, marked, opened, reduced } from '../../test/builders/events-builder.js'
import { tell } from '../../test/builders/story-builder.js'
import type { BookEvent, OrderTerms } from '../book/events.js'
import { parsePrice } from '../money/price.js'
import { explainTranche } from './explain-tranche.js'

const PRECISION = { priceDecimals: 2, quantityDecimals: 3, moneyDecimals: 2 }
/** 2024-05-02 at so many hours, minutes and seconds, UTC. */
const at = (hours: number, minutes: number, seconds: number): number =>
  1_714_608_000_000 + ((hours * 60 + minutes) * 60 + seconds) * 1000

function order(time: number, clientOrderId: string, terms: Partial<OrderTerms>): BookEvent {
  return eventOf('OrderIntended', time, {
    clientOrderId,
    intent: time,
    attempt: 1,
    purpose: 'stop',
    orderType: 'STOP_MARKET',
    side: 'LONG',
    orderSide: 'SELL',
    positionSide: 'LONG',
    quantity: '0.1',
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
    allocation: [{ tranche: 'T12', quantity: '0.1' }],
    level: null,
    entryTranche: null,
    label: null,
    reason: 'stop',
    ...terms,
  })
}

function fill(time: number, tradeId: string, clientOrderId: string | null): BookEvent {
  return eventOf('FillBooked', time, {
    tradeId,
    orderId: null,
    clientOrderId,
    side: 'SELL',
    positionSide: 'LONG',
    quantity: '0.04',
    price: '51500',
    fee: null,
    feeAsset: null,
    realizedPnl: null,
    maker: null,
    kind: 'trade',
    tranche: null,
    closes: null,
    opens: null,
    unmatched: null,
    replaces: null,
    late: false,
  })
}

const LADDER = { rule: 'stopLadder.BREAKEVEN_THEN_PREVIOUS', observed: { level: 1 } }

const STORY: readonly BookEvent[] = [
  eventOf('BookOpened', at(9, 0, 0), { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }),
  opened({ time: at(9, 1, 0), tranche: 'T9', price: '54326', quantity: '0.05', tradeId: '8700' }),
  opened({
    time: at(9, 12, 3),
    tranche: 'T12',
    price: '50000',
    quantity: '0.1',
    tradeId: '8790',
    stop: '49000',
    fee: '2.5',
    levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')],
  }),
  order(at(9, 12, 3), 'tb-00000000000m1', {}),
  order(at(9, 12, 3), 'tb-00000000000p1', {
    purpose: 'takeProfit',
    orderType: 'LIMIT',
    level: 1,
    reason: 'takeProfit',
  }),
  eventOf('OrderRefused', at(9, 12, 4), {
    clientOrderId: 'tb-00000000000m1',
    code: '-1001',
    message: 'try again',
    isPermanent: false,
    wouldTrigger: false,
  }),
  fill(at(9, 40, 11), '8812', 'tb-00000000000p1'),
  reduced({
    time: at(9, 40, 11),
    tranche: 'T12',
    price: '51500',
    quantity: '0.04',
    realizedPnl: '60',
    tradeId: '8812',
    fee: '0.29',
    entryFees: { USDT: '1' },
    reason: 'takeProfit',
    bridge: '-78.15',
    levels: [{ level: 1, quantity: '0.04', isHit: true }],
  }),
  eventOf('TakeProfitReached', at(9, 40, 11), { tranche: 'T12', side: 'LONG', level: 1, price: '51500', by: 'fill' }),
  eventOf('StopMoved', at(9, 40, 11), {
    tranche: 'T12',
    side: 'LONG',
    from: '49000',
    to: '50000',
    rung: 'ladder',
    forced: false,
    trailingBest: null,
    because: LADDER,
  }),
  marked(at(9, 50, 0), '51200', { high: '51940', low: '51000' }),
  opened({ time: at(9, 55, 0), tranche: 'T14', price: '50800', quantity: '0.05', tradeId: '8815' }),
  fill(at(10, 2, 57), '8820', 'tb-00000000000m1'),
  reduced({
    time: at(10, 2, 57),
    tranche: 'T12',
    price: '50000',
    quantity: '0.06',
    realizedPnl: '0',
    tradeId: '8820',
    fee: '2',
    entryFees: { USDT: '1.5' },
    reason: 'stop',
    bridge: '-50',
  }),
  closed({ time: at(10, 2, 57), tranche: 'T12', exitPrice: '50600', realizedPnl: '60', reason: 'stop' }),
]

describe('explainTranche', () => {
  it('tells a life in lines that a trader understands', () => {
    expect(explainTranche(STORY, 'T12', { precision: PRECISION })?.text.split('\n')).toEqual([
      'T12 LONG BTCUSDT 0.100 @ 50 000.00, opened 2024-05-02 09:12:03 (fill 8790)',
      ' 09:12:04  stop order tb-…m1 was refused          -1001 try again',
      ' 09:40:11  closed 0.040 @ 51 500.00       +60.00  TP1 (3 %) reached by its own order; 40 % of the original quantity',
      '           stop 49 000.00 → 50 000.00             ladder BREAKEVEN_THEN_PREVIOUS, after TP1',
      ' 10:02:57  closed 0.060 @ 50 000.00         0.00  its stop filled (order tb-…m1); TP2 52 500.00 not reached, best mark 51 940.00',
      ' net +55.21 after 4.79 fees; the venue shows −68.15 realized (average cost): the bridge of −128.15 sits in T9 and T14',
    ])
  })

  it('says how an open tranche stands', () => {
    const open = explainTranche(STORY.slice(0, 10), 'T12', { mark: parsePrice('51000') })

    // 0.06 × 1 000
    expect(open?.summary).toBe(
      '0.06 of 0.1 still open, +60.00 at the mark, stop 50 000 (ladder); net +57.21 after 2.79 fees; the venue shows −18.15 realized (average cost): the bridge of −78.15 sits in T9',
    )
    expect(explainTranche(STORY.slice(0, 10), 'T12')?.summary).toContain('worth unknown without a mark')
  })

  it('knows only tranches that opened', () => {
    expect(explainTranche(STORY, 'T1')).toBeNull()
  })

  it('names fees that it cannot price, and fees that are not known', () => {
    const bnb = [opened({ time: 1, tranche: 'T1', price: '100', quantity: '1', fee: '0.01', feeAsset: 'BNB' })]
    const unknown = [opened({ time: 1, tranche: 'T1', price: '100', quantity: '1', fee: null, feeAsset: null })]

    expect(explainTranche(bnb, 'T1')?.summary).toContain('gross 0.00; unpriced: 0.01 BNB')
    expect(explainTranche(bnb, 'T1', { prices: { BNB: parsePrice('600') } })?.summary).toContain(
      'net −6.00 after 6.00 fees',
    )
    expect(explainTranche(unknown, 'T1')?.summary).toContain('gross 0.00; not all fees are known yet')
  })

  it('shows the day where a life spans several', () => {
    const isolated = eventOf('TrancheIsolated', at(26, 0, 0), {
      tranche: 'T12',
      side: 'LONG',
      price: '47500',
      pnlPercent: '-5',
    })
    const note = eventOf('TrancheAnnotated', at(10, 0, 0), { tranche: 'T12', side: 'LONG', note: 'hold' })

    expect(
      explainTranche([...STORY.slice(0, 3), note, isolated], 'T12')
        ?.text.split('\n')
        .slice(1, 3),
    ).toEqual([' 2024-05-02 10:00:00  note: hold', ' 2024-05-03 02:00:00  isolated @ 47 500'])
  })

  it('tells of merging from both ends', () => {
    const merged = eventOf('TrancheMerged', at(11, 0, 0), {
      tranche: 'T9',
      side: 'LONG',
      absorbed: ['T12'],
      takeProfitPrice: null,
      stopPrice: null,
      levels: [],
    })
    const events = [...STORY.slice(0, 3), merged]

    expect(explainTranche(events, 'T9')?.lines.map(({ what }) => what)).toEqual(['took in T12'])
    const absorbed = explainTranche(events, 'T12')
    expect(absorbed?.lines.map(({ what }) => what)).toEqual(['merged into T9'])
    expect(absorbed?.summary).toBe('merged into T9, which carries its figures on')
  })

  it('explains what the engine decided: who closed it, and why this one', () => {
    const buy = {
      type: 'fill',
      side: 'LONG',
      enters: true,
      quantity: '0.1',
      fee: '0',
      feeAsset: 'USDT',
      isLate: false,
    } as const
    const { events } = tell([
      { ...buy, price: '50000' },
      { ...buy, price: '49000' },
      { type: 'mark', price: '46000' },
      { ...buy, enters: false, price: '51000' },
    ])

    const [isolated, exit] = explainTranche(events, 'T2')?.lines ?? []
    expect(isolated).toMatchObject({ what: 'isolated @ 46 000', why: '−6.12 % at 46 000: a loss of 5 % isolates' })
    expect(exit).toMatchObject({ what: 'closed 0.1 @ 51 000', amount: '+200.00' })
    expect(exit?.why).toBe(
      'a trade from outside; closing rule LIFO: T2 0.1; T1 got nothing: the quantity was used up before its turn',
    )
  })
})
