import { describe, expect, it } from 'vitest'
import { spentShare } from '../venue/budget.js'
import { createRateBudget } from './rate-budget.js'

const LIMITS = { weightPerMinute: 100, ordersPerTenSeconds: 10, ordersPerMinute: 20 }
const ORDER = { weight: 0, ordersPerTenSeconds: 1, ordersPerMinute: 1 }
const READ = { weight: 10, ordersPerTenSeconds: 0, ordersPerMinute: 0 }
/** The start of a minute. */
const TIME = 1_700_000_040_000
const NOW = { sent: TIME, received: TIME }

describe('a rate budget', () => {
  it('keeps its reserve for protection', () => {
    const budget = createRateBudget(LIMITS, 0.2)
    const entries = Array.from({ length: 9 }, () => budget.spend(ORDER, 'ordinary', TIME))
    // 10 orders in 10 s, 20 % reserved: 8 for entries.
    expect(entries).toEqual([null, null, null, null, null, null, null, null, 10_000])
    expect([1, 2, 3].map(() => budget.spend(ORDER, 'protection', TIME))).toEqual([null, null, 10_000])
    const reading = budget.reading(TIME)
    expect(reading).toEqual({
      weight: { used: 0, limit: 100, windowMs: 60_000 },
      ordersPerTenSeconds: { used: 10, limit: 10, windowMs: 10_000 },
      ordersPerMinute: { used: 10, limit: 20, windowMs: 60_000 },
      reservedShare: 0.2,
    })
    expect(spentShare(reading)).toBe(1)
  })

  it('opens again with the next window, as the venue counts them', () => {
    const budget = createRateBudget(LIMITS, 0)
    for (let sent = 0; sent < 10; sent += 1) budget.spend(ORDER, 'ordinary', TIME + 7_000)
    expect(budget.spend(ORDER, 'ordinary', TIME + 9_999)).toBe(1)
    expect(budget.spend(ORDER, 'ordinary', TIME + 10_000)).toBeNull()
  })

  it('waits for the longest of several full windows', () => {
    const budget = createRateBudget(LIMITS, 0)
    for (let sent = 0; sent < 10; sent += 1) budget.spend(ORDER, 'ordinary', TIME)
    for (let sent = 0; sent < 10; sent += 1) budget.spend(ORDER, 'ordinary', TIME + 10_000)
    expect(budget.spend(ORDER, 'ordinary', TIME + 15_000)).toBe(45_000)
  })

  it('takes over what the venue has counted, but never less than its own count', () => {
    const budget = createRateBudget(LIMITS, 0)
    budget.spend(READ, 'ordinary', TIME)
    budget.observe({ weight: 95, ordersPerTenSeconds: null, ordersPerMinute: null }, NOW)
    expect(budget.spend(READ, 'ordinary', TIME)).toBe(60_000)
    budget.observe({ weight: 5, ordersPerTenSeconds: null, ordersPerMinute: null }, NOW)
    expect(budget.spend(READ, 'ordinary', TIME)).toBe(60_000)
    budget.setLimits({ ...LIMITS, weightPerMinute: 6_000 })
    expect(budget.spend(READ, 'ordinary', TIME)).toBeNull()
  })

  it('does not take the count of a window that has ended for that of the next one', () => {
    const budget = createRateBudget(LIMITS, 0.2)
    const use = { weight: 100, ordersPerTenSeconds: 10, ordersPerMinute: 10 }
    budget.observe(use, { sent: TIME - 20, received: TIME + 20 })
    expect(budget.spend({ ...ORDER, weight: 1 }, 'protection', TIME + 20)).toBeNull()
    budget.observe(use, { sent: TIME + 9_980, received: TIME + 10_020 })
    // The minute is the same one: only its 10 s have ended.
    expect(budget.reading(TIME + 10_020)).toMatchObject({
      weight: { used: 100 },
      ordersPerTenSeconds: { used: 0 },
      ordersPerMinute: { used: 10 },
    })
  })

  it('lets a request that needs no orders pass while orders are spent', () => {
    const budget = createRateBudget(LIMITS, 0)
    for (let sent = 0; sent < 10; sent += 1) budget.spend(ORDER, 'ordinary', TIME)
    expect(budget.spend(READ, 'ordinary', TIME)).toBeNull()
  })
})
