import { describe, expect, it } from 'vitest'
import {
  closed,
  entryIntended,
  eventOf,
  increased,
  marked,
  opened,
  reduced,
} from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { explainEvent } from './explain-event.js'

const T = { tranche: 'T1', side: 'LONG' } as const
const ID = 'tb-4f9a2c81d0e7k3'

const fill = {
  tradeId: '8812',
  orderId: null,
  clientOrderId: null,
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
} as const

const stop = {
  clientOrderId: ID,
  intent: 1,
  attempt: 1,
  purpose: 'stop',
  orderType: 'STOP_MARKET',
  side: 'LONG',
  orderSide: 'SELL',
  positionSide: 'LONG',
  quantity: '0.1',
  price: null,
  triggerPrice: '49000',
  reduceOnly: false,
  closePosition: false,
  allocation: [{ tranche: 'T1', quantity: '0.1' }],
  level: null,
  entryTranche: null,
  label: null,
  reason: 'stop',
} as const

const check = {
  positionSide: 'LONG',
  quantity: '0.3',
  entryPrice: null,
  markPrice: null,
  ours: '0.1',
  status: 'drift',
  isSettled: false,
} as const

const SENTENCES: readonly (readonly [BookEvent, string])[] = [
  [
    eventOf('BookOpened', 1, { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }),
    'the book of BTCUSDT in account main begins, in hedge mode',
  ],
  [eventOf('FillBooked', 1, fill), 'Fill 8812 sold 0.04 at 51 500'],
  [
    eventOf('FillBooked', 1, {
      ...fill,
      kind: 'liquidation',
      late: true,
      unmatched: { side: 'LONG', quantity: '0.01', fee: null },
    }),
    'Liquidation fill 8812 sold 0.04 at 51 500, late; 0.01 of it found nothing to close yet',
  ],
  [
    eventOf('FillBooked', 1, { ...fill, side: 'BUY', replaces: { side: 'LONG', quantity: '0.04' } }),
    'Fill 8812 bought 0.04 at 51 500; 0.04 of it had been booked as an estimate',
  ],
  [
    eventOf('FillFeeBooked', 1, {
      tradeId: '7',
      fee: '1.02',
      feeAsset: 'USDT',
      parts: [{ ...T, isEntry: true, amount: '1.02' }],
    }),
    'The fee of fill 7 came: 1.02 USDT for T1',
  ],
  [
    eventOf('FillOrphaned', 1, { tradeId: '7', side: 'LONG', quantity: '0.1' }),
    'Fill 7 closed 0.1 LONG that no known entry opened: the position began before our first fill',
  ],
  [
    eventOf('UnmatchedSettled', 1, { tradeId: '7', side: 'LONG', quantity: '0.1' }),
    'A late entry was found for 0.1 of fill 7',
  ],
  [marked(1, '51012.4'), 'Mark 51 012.4'],
  [
    marked(1, '51012.4', { high: '51200', low: '50900' }),
    'Mark 51 012.4, between 50 900 and 51 200 since the last one',
  ],
  [
    eventOf('FundingBooked', 1, {
      fundingId: '1',
      amount: '-0.12',
      asset: 'USDT',
      parts: [{ tranche: 'T1', amount: '-0.12' }],
      unallocated: '0',
    }),
    'Funding −0.12 USDT for T1',
  ],
  [
    eventOf('FundingBooked', 1, { fundingId: '1', amount: '0.5', asset: 'USDT', parts: [], unallocated: '0.5' }),
    'Funding +0.50 USDT; +0.50 of it while nothing was open',
  ],
  [
    opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', label: 'swing' }),
    'T1 (swing) LONG 0.1 at 50 000 opened',
  ],
  [
    opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', evidence: 'estimate' }),
    'T1 LONG 0.1 at 50 000 opened, price estimated',
  ],
  [increased({ time: 1, tranche: 'T1', price: '49000', quantity: '0.1' }), 'T1 took in 0.1 at 49 000'],
  [
    reduced({ time: 1, tranche: 'T1', price: '51500', quantity: '0.04', realizedPnl: '60', reason: 'takeProfit' }),
    'closed 0.04 of T1 at 51 500 for +60.00: its take profit filled',
  ],
  [
    reduced({
      time: 1,
      tranche: 'T1',
      price: '48000',
      quantity: '0.04',
      realizedPnl: '-80',
      reason: 'drift',
      evidence: 'position',
      tradeId: null,
    }),
    'closed 0.04 of T1 at 48 000 for −80.00: the venue holds less than we did (no fill proves it yet)',
  ],
  [
    closed({ time: 1, tranche: 'T1', exitPrice: '51500', realizedPnl: '60' }),
    'T1 is closed at 51 500 on average, +60.00 in all',
  ],
  [
    closed({ time: 1, tranche: 'T1', exitPrice: '40000', realizedPnl: '-1000' }, 'TrancheLiquidated'),
    'T1 was liquidated at 40 000 on average, −1 000.00 in all',
  ],
  [eventOf('TrancheIsolated', 1, { ...T, price: '47500', pnlPercent: '-5' }), 'T1 was isolated at 47 500, −5 %'],
  [eventOf('TrancheReleased', 1, { ...T, price: null, pnlPercent: null }), 'T1 is active again'],
  [
    eventOf('TrancheMerged', 1, { ...T, absorbed: ['T2', 'T3'], takeProfitPrice: null, stopPrice: null, levels: [] }),
    'T1 took in T2 and T3',
  ],
  [eventOf('TrancheLabelled', 1, { ...T, label: 'swing' }), 'T1 is called swing'],
  [eventOf('TrancheLabelled', 1, { ...T, label: null }), 'T1 lost its label'],
  [eventOf('TrancheAnnotated', 1, { ...T, note: 'watch it' }), 'note on T1: watch it'],
  [
    eventOf('StopMoved', 1, {
      ...T,
      from: '49000',
      to: '50000',
      rung: 'ladder',
      forced: false,
      trailingBest: null,
      because: { rule: 'stopLadder.BREAKEVEN_THEN_PREVIOUS', observed: { level: 1 } },
    }),
    'stop of T1 49 000 → 50 000 (ladder BREAKEVEN_THEN_PREVIOUS after TP1)',
  ],
  [
    eventOf('StopMoved', 1, { ...T, from: null, to: '48000', rung: 'command', forced: true, trailingBest: null }),
    'stop of T1 – → 48 000 (forced by command)',
  ],
  [eventOf('TakeProfitMoved', 1, { ...T, from: '52500', to: '53000' }), 'take profit of T1 52 500 → 53 000'],
  [eventOf('TakeProfitMoved', 1, { ...T, from: '52500', to: null }), 'take profit of T1 removed'],
  [
    eventOf('TakeProfitReached', 1, { ...T, level: 1, price: '51500', by: 'mark' }),
    'TP1 of T1 reached at 51 500 by the mark',
  ],
  [
    eventOf('EstimateReplaced', 1, {
      estimate: 'T1',
      side: 'LONG',
      kind: 'exit',
      tradeId: '77',
      quantity: '0.1',
      price: '49000',
      feeAsset: null,
      parts: [{ tranche: 'T1', quantity: '0.1', correction: '1', fee: null, isProven: true }],
    }),
    'Fill 77 proved an estimated exit of T1: 0.1 at 49 000',
  ],
  [eventOf('OrderIntended', 1, stop), 'stop for T1 tb-…k3: SELL 0.1 at 49 000 (STOP_MARKET)'],
  [
    eventOf('OrderIntended', 1, { ...stop, purpose: 'failSafe', quantity: null, closePosition: true, allocation: [] }),
    'fail-safe stop tb-…k3: SELL the whole position at 49 000 (STOP_MARKET)',
  ],
  [
    eventOf('OrderIntended', 1, {
      ...stop,
      purpose: 'takeProfit',
      orderType: 'LIMIT',
      triggerPrice: null,
      price: '51500',
      level: 1,
    }),
    'take profit TP1 for T1 tb-…k3: SELL 0.1 at 51 500 (LIMIT)',
  ],
  [entryIntended(1, 'a', { quantity: '0.1', tranche: 'T1' }), 'entry for T1 a: BUY 0.1 (MARKET)'],
  [eventOf('OrderAcknowledged', 1, { clientOrderId: ID, venueOrderId: '99' }), 'order tb-…k3 rests at the venue as 99'],
  [eventOf('OrderTriggered', 1, { clientOrderId: ID, childOrderId: null }), 'order tb-…k3 was triggered'],
  [
    eventOf('OrderRefused', 1, {
      clientOrderId: ID,
      code: '-2019',
      message: 'Margin is insufficient.',
      isPermanent: true,
      wouldTrigger: false,
    }),
    'order tb-…k3 was refused for good: -2019 Margin is insufficient.',
  ],
  [
    eventOf('OrderRefused', 1, {
      clientOrderId: ID,
      code: '-2021',
      message: null,
      isPermanent: true,
      wouldTrigger: true,
    }),
    'order tb-…k3 was refused, the price was at or past its trigger: -2021',
  ],
  [
    eventOf('OrderOutcomeUnknown', 1, { clientOrderId: ID, message: 'timeout' }),
    'nobody knows yet whether order tb-…k3 was accepted: timeout; it is looked up, not sent again',
  ],
  [
    eventOf('OrderEnding', 1, { clientOrderId: ID, status: 'cancelled', filledQuantity: '0.02' }),
    'order tb-…k3 was cancelled with 0.02 filled; fills that are not booked yet are waited for',
  ],
  [
    eventOf('OrderClosed', 1, { clientOrderId: ID, status: 'filled', filledQuantity: '0.1' }),
    'order tb-…k3 is filled with 0.1 filled',
  ],
  [
    eventOf('OrderClosed', 1, { clientOrderId: ID, status: 'absent', filledQuantity: null }),
    'order tb-…k3 never reached the venue',
  ],
  [eventOf('CancelIntended', 1, { clientOrderId: ID, reason: 'replaced' }), 'cancel of order tb-…k3: replaced'],
  [
    eventOf('CancelRefused', 1, { clientOrderId: ID, code: '-2011', message: null, retryTime: null }),
    'the venue did not cancel order tb-…k3: -2011; it counts as working',
  ],
  [eventOf('LeverageIntended', 1, { leverage: 5, reason: 'isolation' }), 'leverage 5x asked for: isolation'],
  [eventOf('PositionChecked', 1, { ...check, status: 'synced', ours: '0.3' }), 'the venue holds 0.3 LONG, as we do'],
  [eventOf('PositionChecked', 1, check), 'the venue holds 0.3 LONG, we hold 0.1; looking again before acting'],
  [
    eventOf('DriftDetected', 1, { positionSide: 'LONG', ours: '0.1', venue: '0.3', policy: 'ADOPT' }),
    'drift: 0.1 LONG here, 0.3 at the venue; policy ADOPT',
  ],
  [
    eventOf('DriftResolved', 1, { positionSide: 'LONG', how: 'adopted' }),
    "the LONG position is in sync again: the venue's figure was taken over",
  ],
  [
    eventOf('ConflictDetected', 1, { code: 'oppositeSide', message: 'the venue is short' }),
    'conflict oppositeSide: the venue is short',
  ],
  [eventOf('ConflictResolved', 1, { note: 'my hedge' }), 'the conflict was resolved by a person: my hedge'],
  [
    eventOf('ProtectionLost', 1, { side: 'LONG', quantity: '0.1', reason: 'noStop' }),
    'UNPROTECTED: no stop rests for 0.1 LONG: noStop',
  ],
  [eventOf('ProtectionRestored', 1, { forMs: 3200 }), 'protected again, after 3.2 s'],
  [
    eventOf('ProtectionDegraded', 1, { side: 'LONG', step: 'mergeStops', reason: 'no room' }),
    'coarser protection for LONG, mergeStops: no room',
  ],
  [
    eventOf('ConfigurationChanged', 1, { options: { tpPercent: '4', slPercent: '1' } }),
    'configuration changed: tpPercent and slPercent',
  ],
  [
    eventOf('EntryRefused', 1, { side: 'LONG', code: 'paused', message: 'entries are paused' }),
    'LONG entry refused, paused: entries are paused',
  ],
  [
    eventOf('CommandRefused', 1, { command: 'closeTranche', code: 'trancheNotOpen', message: 'T9 is not open' }),
    'command closeTranche refused, trancheNotOpen: T9 is not open',
  ],
  [eventOf('RepairRequested', 1, { kind: 'adopt', actor: 'desk' }), 'desk asked to take over what the venue holds'],
  [
    eventOf('RepairRequested', 1, { kind: 'protect', actor: null }),
    'somebody asked to place the protection that is missing',
  ],
  [
    eventOf('TradingPaused', 1, { kind: 'killSwitch', actor: 'desk' }),
    'the kill switch was pulled: everything is being closed by desk',
  ],
  [eventOf('TradingResumed', 1, { actor: null }), 'trading resumed'],
]

describe('explainEvent', () => {
  it.each(SENTENCES)('$type: %#', (event, sentence) => {
    expect(explainEvent(event)).toBe(sentence)
  })

  it('writes figures in the precision of the instrument', () => {
    const precision = { priceDecimals: 2, quantityDecimals: 3, moneyDecimals: 2 }

    expect(explainEvent(eventOf('FillBooked', 1, fill), precision)).toBe('Fill 8812 sold 0.040 at 51 500.00')
  })
})
