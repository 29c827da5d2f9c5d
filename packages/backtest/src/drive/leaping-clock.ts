import type { Clock } from '@tranchebook/adapters'
import { advanceTo, type Exchange } from '@tranchebook/simulator'

interface Appointment {
  readonly time: number
  readonly number: number
  readonly run: () => void
}

/** The venue's time, which leaps from bar to bar. What was scheduled on the way runs late, once, when it is asked for. */
export class LeapingClock implements Clock {
  private readonly appointments = new Set<Appointment>()
  private readonly exchange: Exchange
  private number = 0

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  now(): number {
    return this.exchange.time
  }

  schedule(ms: number, run: () => void): () => void {
    this.number += 1
    const appointment = { time: this.now() + Math.max(0, ms), number: this.number, run }
    this.appointments.add(appointment)
    return () => {
      this.appointments.delete(appointment)
    }
  }

  /** Goes on to that time; whatever is due by then waits. */
  leapTo(time: number): void {
    advanceTo(this.exchange, time)
  }

  /** Runs what is due now, in order, once each: what it schedules comes later. */
  runDue(): void {
    const now = this.now()
    const due = [...this.appointments]
      .filter(({ time }) => time <= now)
      .toSorted((left, right) => left.time - right.time || left.number - right.number)
    for (const appointment of due) if (this.appointments.delete(appointment)) appointment.run()
  }

  /** Goes to the next appointment that is not later than that time, and runs what is due then. False = there is none. */
  runNext(until: number): boolean {
    const times = [...this.appointments].map(({ time }) => time).filter((time) => time <= until)
    if (times.length === 0) return false
    this.leapTo(times.reduce((first, time) => Math.min(first, time)))
    this.runDue()
    return true
  }
}
