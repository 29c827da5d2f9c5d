import type { Clock } from '@tranchebook/adapters'
import type { Cancel } from '../clock/pause.js'

/** Named timers of one account: at most one of a name is pending. */
export class Schedule {
  private readonly pending = new Map<string, Cancel>()
  private readonly clock: Clock
  private isOver = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Once, after so many ms, unless one of that name is pending already. */
  soon(name: string, ms: number, run: () => void): void {
    if (this.isOver || this.pending.has(name)) return
    this.pending.set(
      name,
      this.clock.schedule(ms, () => {
        this.pending.delete(name)
        run()
      }),
    )
  }

  /** Again and again, with so many ms between two starts. */
  every(name: string, ms: number, run: () => void): void {
    this.soon(name, ms, () => {
      this.every(name, ms, run)
      run()
    })
  }

  /** Ends all timers; none starts any more. */
  stop(): void {
    this.isOver = true
    for (const cancel of this.pending.values()) cancel()
    this.pending.clear()
  }
}
