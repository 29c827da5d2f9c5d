import type { TrancheManager } from '@tranchebook/manager'
import type { Bar, SymbolRules } from '@tranchebook/simulator'

/** What a strategy has to act with: the manager that would run live, and the rules of the bar's symbol. */
export interface Desk {
  readonly manager: TrancheManager
  readonly rules: SymbolRules
  /** The venue's time: the end of the bar, epoch ms. */
  readonly time: number
}

/** Decides when to enter. What it opens is protected, isolated, scaled out of and closed by the manager. */
export interface Strategy {
  readonly name: string
  /** Called after each bar; what it waits for may take time, and the market waits with it. */
  onBar(bar: Bar, desk: Desk): void | Promise<void>
}
