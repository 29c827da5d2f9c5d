/** How much of one window of the venue is spent. Windows begin with the venue's clock. */
export interface BudgetWindow {
  readonly used: number
  readonly limit: number
  readonly windowMs: number
}

/** What the venue still takes: request weight of the address, and orders of the account. */
export interface BudgetReading {
  readonly weight: BudgetWindow
  readonly ordersPerTenSeconds: BudgetWindow
  readonly ordersPerMinute: BudgetWindow
  /** Share of each (0 to 1) that only protective orders may spend. */
  readonly reservedShare: number
}

/** A venue that counts what it is asked. */
export interface BudgetSource {
  /** As we and the venue itself have counted, now. Asks nobody. */
  readBudget(): BudgetReading
}

/** Whether a venue knows its budget: one that takes any number of requests has none. */
export function isBudgetSource(venue: object): venue is BudgetSource {
  return 'readBudget' in venue
}

/** Share of the tightest window that is spent: 0 = nothing, 1 = all. */
export function spentShare({ weight, ordersPerTenSeconds, ordersPerMinute }: BudgetReading): number {
  return Math.max(...[weight, ordersPerTenSeconds, ordersPerMinute].map(({ used, limit }) => used / limit))
}
