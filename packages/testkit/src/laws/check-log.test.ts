import type { BookEvent } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { checkLog } from './check-log.js'
import { LawError } from './law-error.js'

const header = { version: 1, time: 1, correlationId: 'c' } as const
const because = { rule: 'test' }

/** A lawful log: 2 opened at 100, 1 closed at 110, 1 closed at 120, fees 4 and 1 and 1. */
function lawful(): BookEvent[] {
  const fill = {
    orderId: null,
    clientOrderId: null,
    positionSide: 'LONG',
    feeAsset: 'USDT',
    realizedPnl: null,
    maker: null,
  } as const
  const plain = { kind: 'trade', tranche: null, unmatched: null, replaces: null, late: false } as const
  const exit = {
    tranche: 'T1',
    side: 'LONG',
    quantity: '1',
    feeAsset: 'USDT',
    fee: '1',
    reason: 'manual',
    evidence: 'fill',
    levels: [],
    bridge: '0',
    entryFees: { USDT: '2' },
  } as const
  const sell = (tradeId: string, price: string) =>
    ({
      ...header,
      ...fill,
      ...plain,
      type: 'FillBooked',
      causationId: tradeId,
      tradeId,
      side: 'SELL',
      quantity: '1',
      price,
      fee: '1',
      closes: { side: 'LONG', quantity: '1' },
      opens: null,
    }) as const
  return [
    { ...header, type: 'BookOpened', causationId: '1', account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' },
    {
      ...header,
      ...fill,
      ...plain,
      type: 'FillBooked',
      causationId: '1',
      tradeId: '1',
      side: 'BUY',
      quantity: '2',
      price: '100',
      fee: '4',
      closes: null,
      opens: { side: 'LONG', quantity: '2' },
    },
    {
      ...header,
      type: 'TrancheOpened',
      causationId: '1',
      because,
      tranche: 'T1',
      side: 'LONG',
      label: null,
      origin: 'external',
      price: '100',
      quantity: '2',
      leverage: 10,
      takeProfitPercent: null,
      stopLossPercent: '2',
      takeProfitPrice: null,
      stopPrice: '98',
      levels: [],
      fee: '4',
      feeAsset: 'USDT',
      tradeId: '1',
      orderId: null,
      clientOrderId: null,
      evidence: 'fill',
      priceEstimated: false,
    },
    {
      ...header,
      type: 'StopMoved',
      causationId: '2',
      because,
      tranche: 'T1',
      side: 'LONG',
      from: '98',
      to: '99',
      rung: 'trailing',
      forced: false,
      trailingBest: '101',
    },
    sell('3', '110'),
    {
      ...header,
      ...exit,
      type: 'TrancheReduced',
      causationId: '3',
      because,
      price: '110',
      realizedPnl: '10',
      tradeId: '3',
    },
    sell('4', '120'),
    {
      ...header,
      ...exit,
      type: 'TrancheReduced',
      causationId: '4',
      because,
      price: '120',
      realizedPnl: '20',
      tradeId: '4',
    },
    {
      ...header,
      type: 'TrancheClosed',
      causationId: '4',
      tranche: 'T1',
      side: 'LONG',
      exitPrice: '115',
      realizedPnl: '30',
      reason: 'manual',
    },
  ]
}

/** The lawful log with some fields of one event changed. */
function changed(index: number, change: object): readonly BookEvent[] {
  return lawful().map((event, at) => (at === index ? { ...event, ...change } : event))
}

describe('the laws of a log', () => {
  it('let a lawful log pass', () => {
    expect(() => checkLog(lawful())).not.toThrow()
  })

  it.each([
    ['a fill booked twice', [...lawful().slice(0, 6), lawful()[4]!], /fill is booked once/],
    [
      'a reduction that realizes too much',
      changed(5, { realizedPnl: '11' }),
      /against its own entry.*expected 10, got 11/,
    ],
    ['a reduction of more than is open', changed(5, { quantity: '3' }), /at most what is open/],
    [
      'a reduction that moves less than its fill',
      changed(5, { quantity: '0.5', realizedPnl: '5' }),
      /exactly the fill/,
    ],
    ['an entry fee that stays behind', changed(7, { entryFees: { USDT: '1' } }), /entry fees to realized/],
    ['an exit fee that is lost', changed(5, { fee: '0' }), /parts of a fee/],
    ['a stop against its tranche', changed(3, { to: '97' }), /only moves in favour/],
    ['a stop that starts elsewhere', changed(3, { from: '90' }), /from where it was/],
    ['a close with something left', [...lawful().slice(0, 6), lawful()[8]!], /exactly nothing left/],
    ['a wrong exit price', changed(8, { exitPrice: '116' }), /average of the parts/],
    ['a wrong total', changed(8, { realizedPnl: '20' }), /sum of the parts/],
    ['a tranche left open with nothing', lawful().slice(0, 8), /nothing left is closed/],
    ['a decision without a reason', changed(3, { because: undefined }), /decisions say why/],
    ['an event without a cause', changed(4, { causationId: '' }), /name their cause/],
    ['a tranche that never opened', changed(3, { tranche: 'T9' }), /known tranches/],
    ['a log without its beginning', lawful().slice(1), /begins with BookOpened/],
  ])('catch %s', (_what, events, message) => {
    expect(() => checkLog(events)).toThrow(LawError)
    expect(() => checkLog(events)).toThrow(message)
  })
})
