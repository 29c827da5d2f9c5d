import { describe, expect, it } from 'vitest'
import type { Because } from '../book/because.js'
import { explainBecause } from './explain-because.js'

const candidates = [
  { tranche: 'T3', value: '300', chosen: '0.04', lost: null },
  { tranche: 'T2', value: '200', chosen: '0.01', lost: null },
  { tranche: 'T1', value: '100', chosen: null, lost: 'the quantity was used up before its turn' },
]

const CASES: readonly (readonly [Because, string])[] = [
  [
    { rule: 'closing.LIFO', candidates },
    'closing rule LIFO: T3 0.04, then T2 0.01; T1 got nothing: the quantity was used up before its turn',
  ],
  [
    { rule: 'closing.LIFO', candidates: candidates.slice(0, 1), others: 30 },
    'closing rule LIFO: T3 0.04; 30 more were behind them',
  ],
  [
    {
      rule: 'closing.LIFO',
      configured: { closingStrategy: 'MINE' },
      observed: { brokenRule: 'closing rule MINE threw Error: boom' },
      candidates: candidates.slice(0, 1),
    },
    'closing rule MINE threw Error: boom, so LIFO was used; closing rule LIFO: T3 0.04',
  ],
  [{ rule: 'closing.intent.stop' }, 'its own order said whose quantity it closes'],
  [{ rule: 'closing.named' }, 'the fill named its tranche'],
  [
    { rule: 'drift.reduce closing.FIFO', candidates: candidates.slice(0, 1) },
    'to hold no more than the venue, by FIFO: T3 0.04',
  ],
  [
    { rule: 'drift.recover', observed: { venueQuantity: '0.003', venueEntryPrice: '49000', ours: '0.001' } },
    'the venue holds 0.003 at 49 000, we held 0.001',
  ],
  [
    {
      rule: 'isolation',
      configured: { trancheIsolationThreshold: '5' },
      observed: { mark: '47500', pnlPercent: '-5' },
    },
    '−5 % at 47 500: a loss of 5 % isolates',
  ],
  [
    {
      rule: 'isolationRelease',
      configured: { isolationReleasePercent: '0' },
      observed: { mark: '50000', pnlPercent: '0' },
    },
    '0 % at 50 000: released from 0 % on',
  ],
  [
    { rule: 'stopLadder.BREAKEVEN_THEN_PREVIOUS', observed: { level: 1, target: '51500' } },
    'ladder BREAKEVEN_THEN_PREVIOUS, after TP1',
  ],
  [
    { rule: 'trailingStop', configured: { trailingStopPercent: '1.5' }, observed: { mark: '52000' } },
    'trails 1.5 % behind the best mark, 52 000',
  ],
  [
    { rule: 'takeProfit.level', configured: { level: 2, profitPercent: '5' }, observed: { mark: '52510' } },
    'the mark 52 510 reached level 2 at 5 %',
  ],
  [
    { rule: 'instantTakeProfit', observed: { mark: '52510', target: '52500', level: 2 } },
    'the mark 52 510 is beyond the target 52 500',
  ],
  [
    { rule: 'instantTakeProfit', observed: { tranche: 'T1' } },
    'the mark is beyond the target: its resting order makes way for a market order',
  ],
  [
    { rule: 'trancheAutoCloseIsolated', configured: { needed: '0.1' }, observed: { pnlPercent: '0.12' } },
    'recovered to 0.12 %, 0.1 % was asked for',
  ],
  [
    { rule: 'maxPositionLoss', configured: { maxPositionLoss: '100' }, observed: { groupLoss: '120' } },
    'the group is 120 under water, 100 is allowed: worst first',
  ],
  [
    {
      rule: 'maxTrancheAge',
      configured: { maxTrancheAgeMs: 3_600_000 },
      observed: { ageMs: 7_200_000, pnlPercent: '-1' },
    },
    '2 h old and at −1 %, 1 h are allowed',
  ],
  [
    { rule: 'cancelRefused', observed: { purpose: 'entry', refusals: 1, forMs: 0, pauseMs: 1000 } },
    'refused once; tried again after 1 s',
  ],
  [
    { rule: 'cancelRefused', observed: { purpose: 'entry', refusals: 6, forMs: 90_000, pauseMs: 30_000 } },
    'refused 6 times in 1 min 30 s; tried again after 30 s',
  ],
  [
    { rule: 'cancelRefused', observed: { purpose: 'entry' } },
    'the venue refused to cancel it, and nobody wants it any more',
  ],
  [{ rule: 'command.moveStop', observed: { actor: 'desk' } }, 'command moveStop by desk'],
  [{ rule: 'command.closeTranche', observed: { actor: null } }, 'command closeTranche'],
  [
    {
      rule: 'entry.AVERAGE_UNTIL_UNDERWATER',
      configured: { trancheIncrementPercent: '5' },
      observed: { groupPnlPercent: '-5.69' },
    },
    'the group was at −5.69 %: from −5 % on a new tranche opens, above it the newest one is joined',
  ],
  [{ rule: 'entry.AVERAGE_UNTIL_UNDERWATER' }, 'nothing was open to join'],
  [
    { rule: 'mine.own', configured: { limit: '1000', off: null }, observed: { seen: 3, ok: true } },
    'mine.own: limit 1 000; seen 3, ok true',
  ],
  [{ rule: 'mine.own' }, 'mine.own'],
]

describe('explainBecause', () => {
  it.each(CASES)('$rule', (because, words) => {
    expect(explainBecause(because)).toBe(words)
  })
})
