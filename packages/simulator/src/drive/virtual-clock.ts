import type { Clock } from '@tranchebook/adapters'
import type { Exchange } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'

/** A clock that stands still until it is moved. */
export interface VirtualClock extends Clock {
  /** Moves on by that many ms; whatever was scheduled until then runs at its own time, in order. */
  advance(ms: number): void
}

interface Appointment {
  readonly time: number
  readonly number: number
  readonly run: () => void
}

/** Time that is moved by hand, and takes the venue's own clock along. */
export function createVirtualClock(exchange: Exchange): VirtualClock {
  const appointments = new Set<Appointment>()
  let now = exchange.time
  let number = 0
  const nextUntil = (end: number): Appointment | null => {
    let next: Appointment | null = null
    for (const one of appointments) {
      const isEarlier = next === null || one.time < next.time || (one.time === next.time && one.number < next.number)
      if (one.time <= end && isEarlier) next = one
    }
    return next
  }
  const goTo = (time: number): void => {
    now = Math.max(now, time)
    advanceTo(exchange, now)
  }
  return {
    now: () => Math.max(now, exchange.time),
    schedule: (delayMs, run) => {
      number += 1
      const appointment = { time: Math.max(now, exchange.time) + delayMs, number, run }
      appointments.add(appointment)
      return () => {
        appointments.delete(appointment)
      }
    },
    advance: (ms) => {
      const end = Math.max(now, exchange.time) + ms
      for (let next = nextUntil(end); next !== null; next = nextUntil(end)) {
        appointments.delete(next)
        goTo(next.time)
        next.run()
      }
      goTo(end)
    },
  }
}
