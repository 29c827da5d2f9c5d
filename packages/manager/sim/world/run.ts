import type { SimulatedVenue } from '@tranchebook/simulator'
import type { Program } from '../program/program.js'
import type { SimManager } from '../program/sim-manager.js'

/** A program with its manager and its connection. */
export interface Run {
  readonly program: Program
  readonly manager: SimManager
  readonly venue: SimulatedVenue
  /** True once its manager has come to life. */
  isLive: boolean
  /** True once its manager has ended, whatever ended it. */
  isOver: boolean
  /** Commands that were given to it and are not answered yet. */
  unanswered: number
}
