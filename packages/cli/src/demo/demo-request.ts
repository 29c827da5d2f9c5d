import type { PositionMode } from '@tranchebook/core'
import type { Dialect } from '@tranchebook/simulator'

/** What `tranchebook demo` was asked. */
export interface DemoRequest {
  readonly directory?: string
  readonly dialect: Dialect
  readonly positionMode: PositionMode
  /** File of bars or trades; absent = a market by chance. */
  readonly market?: string
  /** Symbol of the file; its name says it where absent. */
  readonly symbol?: string
  /** First and last time of the file that is played, epoch ms. */
  readonly from?: number
  readonly until?: number
  /** How many times faster than it was the market goes. */
  readonly speed: number
  readonly seed: number
  /** Seconds; absent = until stopped. */
  readonly duration?: number
  /** Of the page; 0 = any free one. */
  readonly port: number
  readonly headless?: boolean
  readonly json?: boolean
}
