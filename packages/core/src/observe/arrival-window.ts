import { inVenueOrder } from '../book/venue-order.js'
import type { Input } from './inputs.js'

/** An input in its turn, and whether its turn had passed when it came. */
export interface Arrival {
  readonly input: Input
  readonly isLate: boolean
}

/** Holds inputs of one book for a short while, so that what a venue sends out of order is decided in the venue's order. */
export interface ArrivalWindow {
  /** Takes an input, gives those whose turn has come. */
  push(input: Input): readonly Arrival[]
  /** Gives what came from up to a time without waiting any longer: something else that happened then must know of it. */
  passTo(time: number): readonly Arrival[]
  /** Gives all that is left. */
  flush(): readonly Arrival[]
}

/** A venue's trade id, or the number of the line a fill without one came on. */
/** Time first; at one time fills by trade id, before whatever else came, which stays as it came. */
function inTurn(left: Input, right: Input): number {
  if (left.time !== right.time) return left.time - right.time
  if (left.type === 'fill' && right.type === 'fill') return inVenueOrder(left, right)
  return Number(right.type === 'fill') - Number(left.type === 'fill')
}

/** A window of so many milliseconds of venue time. 0 lets everything pass as it comes. */
export function createArrivalWindow(windowMs: number): ArrivalWindow {
  let waiting: Input[] = []
  let newest = Number.NEGATIVE_INFINITY
  let passed = Number.NEGATIVE_INFINITY

  function release(until: number): readonly Arrival[] {
    if (waiting.every((input) => input.time > until)) return []
    waiting.sort(inTurn)
    const due = waiting.filter((input) => input.time <= until)
    waiting = waiting.filter((input) => input.time > until)
    return due.map((input) => {
      const isLate = input.type === 'fill' && input.time < passed
      passed = Math.max(passed, input.time)
      return { input, isLate }
    })
  }

  return {
    push(input) {
      newest = Math.max(newest, input.time)
      waiting.push(input)
      return release(newest - windowMs)
    },
    passTo(time) {
      return release(time)
    },
    flush() {
      return release(Number.POSITIVE_INFINITY)
    },
  }
}
