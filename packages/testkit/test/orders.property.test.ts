import { type BookEvent, type BookOrder, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLog } from '../src/laws/check-log.js'
import { checkReplay } from '../src/laws/check-replay.js'
import { lawParameters } from '../src/laws/run-law.js'
import { Desk } from './desk.js'
import { steps, strayAdds, sumOf, Trading } from './trading.js'

const LIMITS = { maxTranches: 3, maxIsolatedTranches: 1, maxTrancheSize: '1500', maxPositionSize: '4000' }

function checkLimits(desk: Desk, side: 'LONG' | 'SHORT'): void {
  const group = desk.book.groups[side]
  const entries = desk.orders('entry').filter((order) => order.side === side)
  const unfilled = entries.filter(({ filled, entryTranche }) => filled === 0n && entryTranche === null)
  const allowed = LIMITS.maxTranches + strayAdds(desk)
  const active = group.tranches.filter(({ isolated }) => !isolated)
  if (entries.length > 0) expect(active.length + unfilled.length).toBeLessThanOrEqual(Math.max(allowed, active.length))
  // Every entry was asked for at 45 500 to 54 500: its notional is within a tenth of what the limits counted.
  const asked = sumOf(entries) * 45_500n * 10n ** 12n
  expect(asked).toBeLessThanOrEqual(parseMoney(LIMITS.maxPositionSize))
  for (const { quantity } of entries) {
    expect((quantity ?? 0n) * 45_500n * 10n ** 12n).toBeLessThanOrEqual(parseMoney(LIMITS.maxTrancheSize))
  }
  const exits = desk.orders('exit').filter((order) => order.side === side)
  expect(sumOf(exits)).toBeLessThanOrEqual(group.quantity)
}

function checkOrders(desk: Desk): void {
  for (const side of ['LONG', 'SHORT'] as const) checkLimits(desk, side)
  const intended = desk.eventsOf('OrderIntended')
  expect(new Set(intended.map(({ clientOrderId }) => clientOrderId)).size).toBe(intended.length)
  for (const { clientOrderId, reduceOnly, quantity } of intended) {
    expect(clientOrderId).toMatch(/^[A-Za-z0-9_-]{1,28}$/)
    expect(reduceOnly).toBe(false)
    // code −4003: no order of nothing
    if (quantity !== null) expect(parseQuantity(quantity)).toBeGreaterThan(0n)
  }
}

/** What rests at the venue when nothing is left to change. */
function checkProtection(desk: Desk): void {
  for (const side of ['LONG', 'SHORT'] as const) {
    const { quantity, tranches } = desk.book.groups[side]
    const isPast = tranches.some(({ stopPrice }) => stopPrice === null)
    const leaving = sumOf(desk.orders('exit').filter((order) => order.side === side))
    const stops = desk.orders('stop').filter((order) => order.side === side && !order.closePosition)
    const targets = desk.orders('takeProfit').filter((order) => order.side === side)
    // A resting close-position stop covers whatever is open.
    const hasFailSafe = desk.orders('failSafe').some((order) => order.side === side)
    const isCovered = hasFailSafe || sumOf(stops) + leaving >= quantity
    expect(isPast || isCovered || desk.book.unprotectedSince !== null).toBe(true)
    expect(sumOf(targets)).toBeLessThanOrEqual(quantity)
  }
}

const heldOn = ({ book: { groups } }: Desk, side: 'LONG' | 'SHORT'): bigint => {
  const net = groups.LONG.quantity - groups.SHORT.quantity
  const held = side === 'LONG' ? net : -net
  return held > 0n ? held : 0n
}

const reducing = (desk: Desk, purpose: BookOrder['purpose'], side: 'LONG' | 'SHORT'): readonly BookOrder[] =>
  desk.orders(purpose).filter((order) => order.side === side && order.reduceOnly)

/** A reduce-only exit that was asked for just now fits into the net position: the venue does not refuse it. */
function checkExits(desk: Desk, decided: readonly BookEvent[]): void {
  for (const event of decided) {
    if (event.type !== 'OrderIntended' || event.purpose !== 'exit' || !event.reduceOnly) continue
    expect(sumOf(reducing(desk, 'exit', event.side))).toBeLessThanOrEqual(heldOn(desk, event.side))
  }
}

/**
 * Resting reduce-only orders of a kind fit into the net position, on its side (but for stops that the mark has reached, which are on
 * their way, and for those of what is leaving, which stay until it has left); what it holds is covered, or said to be not.
 */
function checkNet({ desk, price }: Trading): void {
  const mark = parsePrice(String(price))
  const isResting = ({ side, triggerPrice }: BookOrder): boolean =>
    triggerPrice === null || (side === 'LONG' ? triggerPrice < mark : triggerPrice > mark)
  for (const side of ['LONG', 'SHORT'] as const) {
    const held = heldOn(desk, side)
    const leaving = desk.orders('exit').filter((order) => order.side === side)
    for (const purpose of ['stop', 'takeProfit'] as const)
      expect(sumOf(reducing(desk, purpose, side).filter(isResting))).toBeLessThanOrEqual(held + sumOf(leaving))
    const stops = desk.orders('stop').filter((order) => order.side === side && !order.closePosition)
    const hasFailSafe = desk.orders('failSafe').some((order) => order.side === side)
    const isCovered = hasFailSafe || sumOf(stops) + sumOf(leaving) >= held
    expect(isCovered || desk.book.unprotectedSince !== null).toBe(true)
  }
}

describe('orders of one book', () => {
  it('never exceeds a limit by intents in flight, whatever the venue answers', () => {
    const law = fc.property(fc.array(steps, { maxLength: 40, size: 'max' }), (taken) => {
      const trading = new Trading(new Desk({ options: LIMITS }))
      for (const step of taken) {
        trading.take(step)
        checkOrders(trading.desk)
      }
      if (trading.desk.events.length === 0) return
      checkLog(trading.desk.events)
      checkReplay(trading.desk.events)
    })
    fc.assert(law, lawParameters())
  })

  it.each([
    { protection: 'PER_TRANCHE' },
    { protection: 'COMBINED' },
    { protection: 'PER_TRANCHE', enableScaledTakeProfit: true },
  ])('covers what is open once orders have come to rest: %o', (options) => {
    const law = fc.property(fc.array(steps, { maxLength: 25, size: 'max' }), (taken) => {
      const trading = new Trading(new Desk({ options: { ...LIMITS, ...options } }))
      for (const step of taken) trading.take(step)
      trading.desk.settle()
      checkProtection(trading.desk)
      checkLog(trading.desk.events)
    })
    fc.assert(law, lawParameters())
  })

  it.each([{}, { protection: 'COMBINED' }, { enableScaledTakeProfit: true }])(
    'in one-way mode with tranches of both sides stays within the net position: %o',
    (options) => {
      const law = fc.property(fc.array(steps, { maxLength: 25, size: 'max' }), (taken) => {
        const desk = new Desk({ options: { ...LIMITS, ...options }, positionMode: 'ONE_WAY' })
        const trading = new Trading(desk)
        for (const step of taken) {
          const before = desk.events.length
          trading.take(step)
          if (step.do !== 'settle') checkExits(desk, desk.events.slice(before))
        }
        desk.settle()
        checkNet(trading)
        if (desk.events.length === 0) return
        checkLog(desk.events)
        checkReplay(desk.events)
      })
      fc.assert(law, lawParameters())
    },
  )
})
