import type { ApiRequest } from './api-request.js'
import { type Clock, monotonicOf } from './clock.js'
import type { RateBudget } from './rate-budget.js'
import type { ServerClock } from './server-clock.js'
import type { Failure, Verdict } from './verdict.js'

/** Decides what may be sent now: one for all connections of an account. */
export interface Admission {
  /** Spends what the request costs; why it may not be sent, or `null`. */
  admit(request: ApiRequest): Failure | null
  /** Takes a ban out of an answer. */
  observe(status: number, verdict: Verdict): void
}

/** What admission depends on. */
export interface AdmissionParts {
  readonly clock: Clock
  readonly serverClock: ServerClock
  readonly budget: RateBudget
}

/** Stops orders, not the requests that look or cancel. */
const TOO_MANY_ORDERS = '-1015'

function notSent(reason: 'banned' | 'budget', message: string, retryAfterMs: number): Failure {
  return { outcome: 'not-sent', reason, message, retryAfterMs }
}

/** Bans first, then the budget. */
export function createAdmission({ clock, serverClock, budget }: AdmissionParts): Admission {
  // By the clock that nobody sets: a ban lasts as long as the venue says.
  let bannedUntil = -Infinity
  return {
    admit: ({ cost, priority }) => {
      const banMs = bannedUntil - monotonicOf(clock)
      if (banMs > 0) return notSent('banned', `the venue wants no requests for ${banMs} ms`, banMs)
      const waitMs = budget.spend(cost, priority, serverClock.now())
      if (waitMs === null) return null
      const whose = priority === 'protection' ? 'the whole budget' : 'the budget outside the reserve for protection'
      return notSent('budget', `${whose} is spent for ${waitMs} ms`, waitMs)
    },
    observe: (status, verdict) => {
      if (verdict.outcome !== 'refused' || (status !== 429 && status !== 418) || verdict.code === TOO_MANY_ORDERS)
        return
      // An answer that was on its way already names no shorter wait than the ban that came before it.
      if (verdict.retryAfterMs !== null) bannedUntil = Math.max(bannedUntil, monotonicOf(clock) + verdict.retryAfterMs)
    },
  }
}
