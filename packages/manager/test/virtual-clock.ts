import type { Clock } from '@tranchebook/adapters'

type Cancel = () => void

interface Timer {
  readonly due: number
  readonly sequence: number
  readonly run: () => void
}

/** Lets everything run that waits for nothing but its turn. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
}

/** The clock of one process: it goes with the others until it is stopped. */
export class ForkedClock implements Clock {
  private readonly clock: Clock
  private stoppedTime: number | null = null

  constructor(clock: Clock) {
    this.clock = clock
  }

  now(): number {
    return this.stoppedTime ?? this.clock.now()
  }

  monotonic(): number {
    return this.stoppedTime ?? this.clock.monotonic?.() ?? this.clock.now()
  }

  schedule(ms: number, run: () => void): Cancel {
    return this.clock.schedule(ms, () => {
      if (this.stoppedTime === null) run()
    })
  }

  /** No timer of this process fires any more. */
  stop(): void {
    this.stoppedTime = this.clock.now()
  }
}

/** Time that passes when a test says so. */
export class VirtualClock implements Clock {
  private timers: Timer[] = []
  private sequence = 0
  private time: number

  constructor(start: number) {
    this.time = start
  }

  now(): number {
    return this.time
  }

  schedule(ms: number, run: () => void): Cancel {
    this.sequence += 1
    const timer = { due: this.time + Math.max(0, ms), sequence: this.sequence, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Passes so many ms, timer by timer. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms
    await drain()
    for (let next = this.next(until); next !== undefined; next = this.next(until)) {
      const { due, run } = next
      this.timers = this.timers.filter((timer) => timer !== next)
      this.time = Math.max(this.time, due)
      run()
      await drain()
    }
    this.time = until
  }

  private next(until: number): Timer | undefined {
    return this.timers
      .filter((timer) => timer.due <= until)
      .toSorted((left, right) => left.due - right.due || left.sequence - right.sequence)[0]
  }
}
