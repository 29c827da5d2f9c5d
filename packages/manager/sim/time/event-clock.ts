import type { Clock } from '@tranchebook/adapters'
import { advanceTo, type Exchange } from '@tranchebook/simulator'

interface Appointment {
  readonly time: number
  readonly number: number
  run: (() => void) | null
}

function isEarlier(left: Appointment, right: Appointment): boolean {
  return left.time < right.time || (left.time === right.time && left.number < right.number)
}

/** Lets everything run that waits for nothing but its turn: promises are all there is, and they come before the next tick. */
async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.nextTick(resolve)
  })
}

/** Time that goes from appointment to appointment, and takes the exchange along. After each one all that can run has run. */
export class EventClock implements Clock {
  private readonly heap: Appointment[] = []
  private readonly exchange: Exchange
  private number = 0
  private time: number
  private calledOff = 0

  constructor(exchange: Exchange) {
    this.exchange = exchange
    this.time = exchange.time
  }

  /** Appointments that are still to come. */
  get pending(): number {
    return this.heap.length - this.calledOff
  }

  now(): number {
    return this.time
  }

  schedule(ms: number, run: () => void): () => void {
    this.number += 1
    const appointment: Appointment = { time: this.time + Math.max(0, Math.ceil(ms)), number: this.number, run }
    this.push(appointment)
    return () => {
      if (appointment.run !== null) this.calledOff += 1
      appointment.run = null
    }
  }

  /** Passes so many ms. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    await turn()
    for (let next = this.pop(end); next !== null; next = this.pop(end)) {
      const { run } = next
      if (run === null) {
        this.calledOff -= 1
        continue
      }
      next.run = null
      this.goTo(next.time)
      run()
      await turn()
    }
    this.goTo(end)
    await turn()
  }

  private goTo(time: number): void {
    this.time = time
    advanceTo(this.exchange, time)
  }

  private push(appointment: Appointment): void {
    const { heap } = this
    let index = heap.length
    heap.push(appointment)
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || isEarlier(parent, appointment)) break
      heap[index] = parent
      index = above
    }
    heap[index] = appointment
  }

  /** The next one until then; `null` = there is none. */
  private pop(end: number): Appointment | null {
    const { heap } = this
    const [first] = heap
    if (first === undefined || first.time > end) return null
    const last = heap.pop()
    if (last !== undefined && last !== first) this.sink(last)
    return first
  }

  private sink(appointment: Appointment): void {
    const { heap } = this
    let index = 0
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      if (left === undefined) break
      const isRight = right !== undefined && isEarlier(right, left)
      const child = isRight ? right : left
      if (isEarlier(appointment, child)) break
      heap[index] = child
      index = 2 * index + (isRight ? 2 : 1)
    }
    heap[index] = appointment
  }
}
