import { RequestRefusal } from './request-refusal.js'

/** What is counted, and against what. */
export interface RateMeter {
  /** Counts a request. @throws {RequestRefusal} −1003 with 429 and, when it goes on, 418 */
  weigh(weight: number, time: number): void
  /** Counts orders. @throws {RequestRefusal} −1015 */
  countOrders(orders: number, time: number): void
  /** As the answer's headers say it. */
  headers(orders: number): Readonly<Record<string, string>>
  /** Orders in the present windows. */
  orderCounts(): { readonly tenSeconds: number; readonly minute: number }
}

/** Most per window. */
export interface RateLimits {
  readonly weightPerMinute: number
  readonly ordersPerMinute: number
  readonly ordersPerTenSeconds: number
}

/** Of a usual account. */
export const USUAL_LIMITS: RateLimits = { weightPerMinute: 2_400, ordersPerMinute: 1_200, ordersPerTenSeconds: 300 }

const MINUTE_MS = 60_000
const TEN_SECONDS_MS = 10_000
const PATIENCE = 20
const BAN_MS = 120_000

class Window {
  used = 0
  readonly #lengthMs: number
  #number = 0

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs
  }

  add(amount: number, time: number): number {
    const number = Math.floor(time / this.#lengthMs)
    if (number !== this.#number) this.used = 0
    this.#number = number
    this.used += amount
    return this.used
  }
}

/** Counts in fixed windows, as the venues do. Who goes on after a 429 is banned for two minutes. */
export function createRateMeter(limits: RateLimits = USUAL_LIMITS): RateMeter {
  const weight = new Window(MINUTE_MS)
  const ordersMinute = new Window(MINUTE_MS)
  const ordersTen = new Window(TEN_SECONDS_MS)
  let warnings = 0
  let bannedUntil = 0

  const turnAway = (time: number): never => {
    warnings += 1
    if (warnings <= PATIENCE) {
      const message = `Too many requests; current limit of IP is ${limits.weightPerMinute} requests per minute.`
      throw new RequestRefusal(-1003, message, 429)
    }
    bannedUntil = time + BAN_MS
    throw new RequestRefusal(-1003, `Way too many requests; IP banned until ${bannedUntil}.`, 418)
  }
  return {
    weigh: (amount, time) => {
      if (time < bannedUntil) {
        throw new RequestRefusal(-1003, `Way too many requests; IP banned until ${bannedUntil}.`, 418)
      }
      if (weight.add(amount, time) > limits.weightPerMinute) turnAway(time)
      else warnings = 0
    },
    countOrders: (orders, time) => {
      if (orders === 0) return
      const isOver =
        ordersMinute.add(orders, time) > limits.ordersPerMinute ||
        ordersTen.add(orders, time) > limits.ordersPerTenSeconds
      if (isOver) throw new RequestRefusal(-1015, 'Too many new orders; please slow down.', 429)
    },
    headers: (orders) => ({
      'X-MBX-USED-WEIGHT-1M': weight.used.toString(),
      ...(orders === 0
        ? {}
        : {
            'X-MBX-ORDER-COUNT-10S': ordersTen.used.toString(),
            'X-MBX-ORDER-COUNT-1M': ordersMinute.used.toString(),
          }),
    }),
    orderCounts: () => ({ tenSeconds: ordersTen.used, minute: ordersMinute.used }),
  }
}
