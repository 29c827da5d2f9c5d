import type { BudgetReading, BudgetWindow } from '../venue/budget.js'

/** What a request costs the account and the address it comes from. */
export interface RequestCost {
  readonly weight: number
  readonly ordersPerTenSeconds: number
  readonly ordersPerMinute: number
}

/** Who asks: `protection` may spend the whole budget, everything else leaves the reserve alone. */
export type RequestPriority = 'protection' | 'ordinary'

/** Requests a venue takes per window. */
export interface RateLimits {
  readonly weightPerMinute: number
  readonly ordersPerTenSeconds: number
  readonly ordersPerMinute: number
}

/** What the venue itself has counted; `null` = it did not say. */
export interface CountedUse {
  readonly weight: number | null
  readonly ordersPerTenSeconds: number | null
  readonly ordersPerMinute: number | null
}

/** When a request left and when its answer came, by the venue's time. */
export interface RequestSpan {
  readonly sent: number
  readonly received: number
}

export interface RateBudget {
  /** Spends the cost and returns `null`, or spends nothing and returns how long to wait, in ms. */
  spend(cost: RequestCost, priority: RequestPriority, time: number): number | null
  /**
   * Takes over the venue's own count where it is higher than ours. A window that ended while the request was on its way is left alone:
   * nobody knows which one was counted.
   */
  observe(use: CountedUse, span: RequestSpan): void
  setLimits(limits: RateLimits): void
  /** What is spent of each window. */
  reading(time: number): BudgetReading
}

class RateWindow {
  readonly #lengthMs: number
  limit: number
  #number = -1
  #used = 0

  constructor(lengthMs: number, limit: number) {
    this.#lengthMs = lengthMs
    this.limit = limit
  }

  used(time: number): number {
    const number = Math.floor(time / this.#lengthMs)
    if (number === this.#number) return this.#used
    this.#number = number
    this.#used = 0
    return 0
  }

  isWithinOne({ sent, received }: RequestSpan): boolean {
    return Math.floor(sent / this.#lengthMs) === Math.floor(received / this.#lengthMs)
  }

  set(used: number, time: number): void {
    this.used(time)
    this.#used = used
  }

  reading(time: number): BudgetWindow {
    return { used: this.used(time), limit: this.limit, windowMs: this.#lengthMs }
  }

  waitMs(time: number): number {
    return this.#lengthMs - (time % this.#lengthMs)
  }
}

const WINDOWS = ['weight', 'ordersPerTenSeconds', 'ordersPerMinute'] as const

/**
 * Fixed windows, as the venues count them. `reservedShare` of each (0 to 1) is kept for protective orders. Times are the venue's.
 */
export function createRateBudget(limits: RateLimits, reservedShare: number): RateBudget {
  const windows = {
    weight: new RateWindow(60_000, limits.weightPerMinute),
    ordersPerTenSeconds: new RateWindow(10_000, limits.ordersPerTenSeconds),
    ordersPerMinute: new RateWindow(60_000, limits.ordersPerMinute),
  }
  const share = { protection: 1, ordinary: 1 - reservedShare }
  return {
    spend: (cost, priority, time) => {
      const full = WINDOWS.filter((name) => cost[name] > 0).filter(
        (name) => windows[name].used(time) + cost[name] > windows[name].limit * share[priority],
      )
      if (full.length > 0) return Math.max(...full.map((name) => windows[name].waitMs(time)))
      for (const name of WINDOWS) windows[name].set(windows[name].used(time) + cost[name], time)
      return null
    },
    observe: (use, span) => {
      const time = span.received
      for (const name of WINDOWS) {
        const counted = use[name]
        if (counted !== null && windows[name].isWithinOne(span) && counted > windows[name].used(time))
          windows[name].set(counted, time)
      }
    },
    setLimits: (next) => {
      windows.weight.limit = next.weightPerMinute
      windows.ordersPerTenSeconds.limit = next.ordersPerTenSeconds
      windows.ordersPerMinute.limit = next.ordersPerMinute
    },
    reading: (time) => ({
      weight: windows.weight.reading(time),
      ordersPerTenSeconds: windows.ordersPerTenSeconds.reading(time),
      ordersPerMinute: windows.ordersPerMinute.reading(time),
      reservedShare,
    }),
  }
}
