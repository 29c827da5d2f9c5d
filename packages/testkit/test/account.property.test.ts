import { type AccountSummary, parseMoney, parsePrice } from '@tranchebook/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lawParameters } from '../src/laws/run-law.js'
import { Desk } from './desk.js'
import { addsOf, steps, strayAdds, Trading } from './trading.js'

const LIMITS = { maxTranchesGlobal: 4, maxActivePositions: 2, maxDailyTrades: 15, maxMarginUsed: '700' }
const LEVERAGE = 10n
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']

const isActive = (desk: Desk): boolean =>
  desk.orders('entry').length > 0 || desk.quantity('LONG') !== '0' || desk.quantity('SHORT') !== '0'

/**
 * Tranches of a desk, and entries in flight that will open one: also the rest of a partly filled entry whose tranche has closed
 * meanwhile. What was meant to add to a tranche needs no slot.
 */
function tranchesOf(desk: Desk): number {
  const { LONG, SHORT } = desk.book.groups
  const open = new Set([...LONG.tranches, ...SHORT.tranches].map(({ id }) => id))
  const adds = addsOf(desk)
  const opening = desk
    .orders('entry')
    .filter(({ clientOrderId, entryTranche }) => !adds.has(clientOrderId) && !open.has(entryTranche ?? ''))
  return open.size + opening.length
}

/** Cost ÷ leverage of what is open and, at its price or the mark, of what is on its way. */
function marginOf(desk: Desk): bigint {
  const { LONG, SHORT } = desk.book.groups
  const mark = desk.book.mark?.price ?? parsePrice('50000')
  const inFlight = desk
    .orders('entry')
    .map(({ quantity, filled, price }) => ((quantity ?? 0n) - filled) * (price ?? mark))
    .reduce((sum, value) => sum + value, 0n)
  return (LONG.cost + SHORT.cost + inFlight) / LEVERAGE
}

/** Three books of one account, each told what the others hold, counted anew from their state. */
class Account {
  readonly desks: Desk[] = []
  private readonly trading: Trading[] = []

  constructor() {
    const options = { leverage: Number(LEVERAGE), maxTranches: 5 }
    for (const [index, symbol] of SYMBOLS.entries()) {
      const desk = new Desk({ symbol, options, limits: LIMITS, account: () => this.summaryWithout(index) })
      this.desks.push(desk)
      this.trading.push(new Trading(desk))
    }
  }

  take(index: number, step: Parameters<Trading['take']>[0]): void {
    const time = Math.max(...this.desks.map((desk) => desk.time))
    for (const desk of this.desks) desk.time = time
    this.trading[index]?.take(step)
  }

  trades(): number {
    return this.desks.reduce((sum, desk) => sum + desk.eventsOf('FillBooked').length, 0)
  }

  private summaryWithout(index: number): AccountSummary {
    const others = this.desks.filter((_desk, at) => at !== index)
    const marginUsed = others.reduce((sum, desk) => sum + marginOf(desk), 0n) as AccountSummary['marginUsed']
    return {
      openTranches: others.reduce((sum, desk) => sum + tranchesOf(desk), 0),
      activePositions: others.filter(isActive).length,
      tradesToday: this.trades(),
      marginUsed,
    }
  }
}

it('theme 2, LickHunterPRO #72: limits over the account hold whatever is in flight on its symbols', () => {
  const moves = fc.record({ index: fc.nat({ max: 2 }), step: steps })
  const law = fc.property(fc.array(moves, { maxLength: 50, size: 'max' }), (taken) => {
    const account = new Account()
    const { desks } = account
    for (const { index, step } of taken) {
      const entries = desks.reduce((sum, desk) => sum + desk.eventsOf('OrderIntended').length, 0)
      account.take(index, step)
      const allowed = desks.reduce((sum, desk) => sum + strayAdds(desk), LIMITS.maxTranchesGlobal)
      expect(desks.reduce((sum, desk) => sum + tranchesOf(desk), 0)).toBeLessThanOrEqual(allowed)
      expect(desks.filter(isActive).length).toBeLessThanOrEqual(LIMITS.maxActivePositions)
      const intended = desks.reduce((sum, desk) => sum + desk.eventsOf('OrderIntended').length, 0) > entries
      if (!intended || (step.do !== 'open' && step.do !== 'add')) continue
      expect(account.trades()).toBeLessThan(LIMITS.maxDailyTrades)
      const margin = desks.reduce((sum, desk) => sum + marginOf(desk), 0n)
      expect(margin).toBeLessThanOrEqual(parseMoney(LIMITS.maxMarginUsed))
    }
  })
  fc.assert(law, lawParameters())
})
