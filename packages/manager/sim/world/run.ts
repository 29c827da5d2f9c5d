import type { Instrument } from '@tranchebook/core'
import type { SimulatedVenue } from '@tranchebook/simulator'
import type { Program } from '../program/program.js'
import type { SimManager } from '../program/sim-manager.js'

/** Filters, and when the venue's answer reached the program, epoch ms. */
export interface HeardFilters {
  readonly instrument: Instrument
  readonly time: number
}

/** A program with its manager and its connection. */
export interface Run {
  readonly program: Program
  readonly manager: SimManager
  readonly venue: SimulatedVenue
  /** When it has had its last mark, by symbol, epoch ms. */
  readonly marked: Map<string, number>
  /** The filters that it has heard of last, by symbol. */
  readonly heard: Map<string, HeardFilters>
  /** True once its manager has come to life. */
  isLive: boolean
  /** True once its manager has ended, whatever ended it. */
  isOver: boolean
  /** Commands that were given to it and are not answered yet. */
  unanswered: number
}
