import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStory } from '../../test/builders/story-builder.js'
import { LAW } from '../../test/law-runs.js'
import type { BookEvent } from '../book/events.js'
import type { Amounts, Tranche } from '../book/tranche.js'
import { plus } from '../money/arithmetic.js'
import { NO_MONEY } from '../money/money.js'
import { historyOf } from './tranche-history.js'
import type { TrancheRecord } from './tranche-record.js'

const SIDES = ['LONG', 'SHORT'] as const

/** What a record and a live tranche must agree on whatever was corrected since. */
function figures({ reductions, exitNotional, ...rest }: Tranche | TrancheRecord): Record<string, unknown> {
  const plain: Record<string, unknown> = { ...rest }
  for (const added of ['status', 'mergedInto', 'cycle', 'entries', 'exitTime', 'exitReason', 'isolations'])
    delete plain[added]
  return {
    ...plain,
    quantities: reductions.reduce((sum, { quantity }) => sum + quantity, 0n),
    exitNotional: typeof exitNotional,
  }
}

function nonZero(amounts: Amounts): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0n))
}

function sumOfFees(records: readonly TrancheRecord[]): Amounts {
  const sums: Amounts = {}
  for (const { openFees, realizedFees } of records)
    for (const fees of [openFees, realizedFees])
      for (const [asset, amount] of Object.entries(fees)) sums[asset] = plus(sums[asset] ?? NO_MONEY, amount)
  return nonZero(sums)
}

function orphanFees(events: readonly BookEvent[]): boolean {
  return events.some((event) => event.type === 'FillOrphaned')
}

describe('a history', () => {
  it('shows open tranches exactly as the book holds them', () => {
    fc.assert(
      fc.property(aStory, ({ book, events }) => {
        const history = historyOf(events)
        const live = SIDES.flatMap((side) => book.groups[side].tranches)
        expect([...history.open.keys()].sort()).toEqual(live.map(({ id }) => id).sort())
        for (const tranche of live) expect(figures(history.open.get(tranche.id)!)).toEqual(figures(tranche))
      }),
      LAW,
    )
  })

  it('adds up to what the group says: quantity, cost, result, fees, funding', () => {
    fc.assert(
      fc.property(aStory, ({ book, events }) => {
        const history = historyOf(events)
        for (const side of SIDES) {
          const group = book.groups[side]
          const records = [...history.tranches.values()].filter((record) => record.side === side)
          expect(records.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(group.quantity)
          expect(records.reduce((sum, { cost }) => sum + cost, 0n)).toBe(group.cost)
          expect(records.reduce((sum, { realizedPnl }) => sum + realizedPnl, 0n)).toBe(group.realizedPnl)
          expect(records.reduce((sum, { unknownFeeCount }) => sum + unknownFeeCount, 0)).toBe(group.unknownFeeCount)
          expect(records.reduce((sum, { funding }) => sum + (funding['USDT'] ?? 0n), 0n)).toBe(
            group.funding['USDT'] ?? 0n,
          )
          if (!orphanFees(events)) expect(sumOfFees(records)).toEqual(nonZero(group.fees))
        }
      }),
      LAW,
    )
  })

  it('adds up within each tranche: entries and reductions', () => {
    fc.assert(
      fc.property(aStory, ({ events }) => {
        for (const record of historyOf(events).tranches.values()) {
          const { entries, reductions } = record
          expect(entries.reduce((sum, entry) => sum + entry.remaining, 0n)).toBe(record.quantity)
          expect(entries.reduce((sum, entry) => sum + entry.cost, 0n)).toBe(record.cost)
          expect(entries.reduce((sum, entry) => sum + entry.realizedPnl, 0n)).toBe(record.realizedPnl)
          expect(reductions.reduce((sum, reduction) => sum + reduction.realizedPnl, 0n)).toBe(record.realizedPnl)
          expect(reductions.reduce((sum, reduction) => sum + reduction.quantity, 0n)).toBe(record.exitQuantity)
          expect(reductions.reduce((sum, reduction) => sum + reduction.price * reduction.quantity, 0n)).toBe(
            record.exitNotional,
          )
          for (const entry of entries) expect(entry.remaining >= 0n && entry.remaining <= entry.quantity).toBe(true)
        }
      }),
      LAW,
    )
  })

  it('counts a cycle from flat to flat', () => {
    fc.assert(
      fc.property(aStory, ({ events }) => {
        const history = historyOf(events)
        const cycles = { LONG: 0, SHORT: 0 }
        const open = { LONG: new Set<string>(), SHORT: new Set<string>() }
        for (const event of events) {
          if (event.type === 'TrancheOpened') {
            if (open[event.side].size === 0) cycles[event.side] += 1
            open[event.side].add(event.tranche)
            expect(history.tranches.get(event.tranche)?.cycle).toBe(cycles[event.side])
          }
          if (event.type === 'TrancheMerged') for (const id of event.absorbed) open[event.side].delete(id)
          if (event.type === 'TrancheClosed' || event.type === 'TrancheLiquidated')
            open[event.side].delete(event.tranche)
        }
        expect(history.cycles).toEqual(cycles)
      }),
      LAW,
    )
  })
})
