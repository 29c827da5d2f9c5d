import { expect, it } from 'vitest'
import { createManualClock } from '../../test/manual-clock.js'
import { createAdmission } from './admission.js'
import { paramsOf } from './api-request.js'
import { createRateBudget } from './rate-budget.js'
import { createServerClock } from './server-clock.js'

it.each([-600_000, 600_000])(
  'a ban lasts as long as the venue says, whether the clock is set by %d ms or not',
  (by) => {
    const clock = createManualClock()
    const limits = { weightPerMinute: 100, ordersPerTenSeconds: 100, ordersPerMinute: 100 }
    const serverClock = createServerClock(clock, () => Promise.resolve(clock.now()))
    const admission = createAdmission({ clock, serverClock, budget: createRateBudget(limits, 0.2) })
    const request = {
      method: 'GET',
      path: '/',
      params: paramsOf({}),
      security: 'none',
      cost: { weight: 1, ordersPerTenSeconds: 0, ordersPerMinute: 0 },
      priority: 'ordinary',
    } as const
    const banned = {
      outcome: 'refused',
      reason: 'rate-limit',
      code: '-1003',
      message: 'too many requests',
      isPermanent: false,
      retryAfterMs: 30_000,
      isDoubtful: false,
    } as const
    admission.observe(429, banned)
    clock.set(clock.now() + by)
    expect(admission.admit(request)).toMatchObject({ outcome: 'not-sent', reason: 'banned', retryAfterMs: 30_000 })
    clock.advance(30_000)
    expect(admission.admit(request)).toBeNull()
  },
)
