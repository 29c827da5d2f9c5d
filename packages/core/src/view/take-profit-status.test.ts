import { describe, expect, it } from 'vitest'
import { closed, eventOf, levelText, opened, reduced } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { emptyBook } from '../book/book.js'
import { recordOf } from './present-tranche.js'
import { AS_TEXT } from './presentation.js'
import { presentTakeProfit, takeProfitStatus, type TakeProfitStatus } from './take-profit-status.js'
import { historyOf } from './tranche-history.js'

function statusOf(...events: readonly BookEvent[]): TakeProfitStatus<string> {
  return presentTakeProfit(historyOf(events).tranches.get('T1')!, AS_TEXT)
}

// Row 10 of the acceptance table: 3/40, 5/30, 8/30 on 0.1 @ 50 000.
const LEVELS = [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')]
const birth = opened({
  time: 1,
  tranche: 'T1',
  price: '50000',
  quantity: '0.1',
  stop: '49000',
  takeProfit: '52500',
  levels: LEVELS,
})

function exit(time: number, level: number, part: { quantity: string; price: string; realizedPnl: string }): BookEvent {
  return reduced({
    time,
    tranche: 'T1',
    ...part,
    reason: 'takeProfit',
    levels: [{ level, quantity: part.quantity, isHit: true }],
  })
}

const exits = [
  exit(2, 1, { quantity: '0.04', price: '51500', realizedPnl: '60' }),
  exit(3, 2, { quantity: '0.03', price: '52500', realizedPnl: '75' }),
  exit(4, 3, { quantity: '0.03', price: '54000', realizedPnl: '120' }),
]

describe('a take-profit status', () => {
  it('starts with everything ahead', () => {
    expect(statusOf(birth)).toMatchObject({
      kind: 'scaled',
      levelsHit: [],
      originalQuantity: '0.1',
      remainingQuantity: '0.1',
      nextTarget: { level: 1, price: '51500' },
      stopPrice: '49000',
      stopRung: 'initial',
      averageExitPrice: null,
      partialExits: [],
      isComplete: false,
    })
  })

  it('follows the levels one by one', () => {
    const moved = eventOf('StopMoved', 2, {
      tranche: 'T1',
      side: 'LONG',
      from: '49000',
      to: '50000',
      rung: 'ladder',
      forced: false,
      trailingBest: null,
    })

    expect(statusOf(birth, exits[0]!, moved)).toMatchObject({
      levelsHit: [1],
      remainingQuantity: '0.06',
      nextTarget: { level: 2, price: '52500' },
      stopPrice: '50000',
      stopRung: 'ladder',
      averageExitPrice: '51500',
      realizedPnl: '60',
      levels: [
        { level: 1, quantity: '0.04', filled: '0.04', isHit: true, hitTime: 2, realizedPnl: '60' },
        { level: 2, isHit: false, realizedPnl: '0' },
        { level: 3, isHit: false, realizedPnl: '0' },
      ],
      partialExits: [
        { time: 2, quantity: '0.04', price: '51500', realizedPnl: '60', levels: [1], reason: 'takeProfit' },
      ],
    })
  })

  it('ends with 255 at an average exit of 52 550', () => {
    const end = closed({ time: 4, tranche: 'T1', exitPrice: '52550', realizedPnl: '255' })

    expect(statusOf(birth, ...exits, end)).toMatchObject({
      levelsHit: [1, 2, 3],
      remainingQuantity: '0',
      nextTarget: null,
      averageExitPrice: '52550',
      realizedPnl: '255',
      isComplete: true,
    })
  })

  it('shares one exit that gapped over two levels by quantity', () => {
    const gap = reduced({
      time: 2,
      tranche: 'T1',
      price: '53000',
      quantity: '0.07',
      realizedPnl: '210',
      levels: [
        { level: 1, quantity: '0.04', isHit: true },
        { level: 2, quantity: '0.03', isHit: true },
      ],
    })

    expect(statusOf(birth, gap).levels.map(({ realizedPnl }) => realizedPnl)).toEqual(['120', '90', '0'])
  })

  it('marks a level that was too small', () => {
    const levels = [levelText('3', '51500', '0'), levelText('5', '52500', '0.1')]
    const status = statusOf(opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', levels }))

    expect(status.levels.map(({ isSkipped }) => isSkipped)).toEqual([true, false])
    expect(status.nextTarget).toEqual({ level: 2, price: '52500' })
  })

  it('knows a single target, and none', () => {
    expect(
      statusOf(opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1', takeProfit: '52500' })),
    ).toMatchObject({
      kind: 'single',
      levels: [],
      nextTarget: { level: null, price: '52500' },
    })
    expect(statusOf(opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.1' }))).toMatchObject({
      kind: 'none',
      nextTarget: null,
    })
  })

  it('does not know what a level of a live tranche earned', () => {
    const book = evolveAll(emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }), [birth, exits[0]!])
    const status = takeProfitStatus(recordOf(book.groups.LONG.tranches[0]!))

    expect(status.levels.map(({ realizedPnl }) => realizedPnl?.toString() ?? null)).toEqual([null, '0', '0'])
    expect(status.partialExits[0]?.price.toString()).toBe('51500')
  })
})
