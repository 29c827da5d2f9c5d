import type { Clock } from '@tranchebook/adapters'

/** How a running program stands. `gone` = it will never do anything again. */
export type ProgramState = 'running' | 'frozen' | 'gone'

/** How a program starts. */
export interface ProgramSetup {
  readonly name: string
  readonly clock: Clock
  /** How far the clock of its machine is ahead of the venue's, ms; negative = behind. */
  readonly aheadMs: number
  readonly onGone: () => void
}

/** One running program. It can stand still and go on, and it can be gone at any call that it makes. */
export class Program implements Clock {
  readonly name: string
  private readonly clock: Clock
  private readonly onGone: () => void
  private current: ProgramState = 'running'
  private held: (() => void)[] = []
  private callsLeft: number | null = null
  private aheadMs: number

  constructor({ name, clock, aheadMs, onGone }: ProgramSetup) {
    this.name = name
    this.clock = clock
    this.aheadMs = aheadMs
    this.onGone = onGone
  }

  get state(): ProgramState {
    return this.current
  }

  /** As its machine tells the time. */
  now(): number {
    return this.clock.now() + this.aheadMs
  }

  monotonic(): number {
    return this.clock.now()
  }

  /** Somebody sets the clock of its machine: from now on it is so many ms ahead of the venue's; negative = behind. */
  setClock(aheadMs: number): void {
    this.aheadMs = aheadMs
  }

  schedule(ms: number, run: () => void): () => void {
    let isCalledOff = false
    const cancel = this.clock.schedule(ms, () => {
      this.run(() => {
        if (!isCalledOff) run()
      })
    })
    return () => {
      isCalledOff = true
      cancel()
    }
  }

  /** Work that comes from outside: done now, later, or never. */
  run(work: () => void): void {
    if (this.current === 'running') work()
    else if (this.current === 'frozen') this.held.push(work)
  }

  /** Comes back when the program runs; never, once it is gone. */
  async turn(): Promise<void> {
    if (this.current === 'running') return
    await new Promise<void>((resolve) => {
      this.run(resolve)
    })
  }

  /** A call that the program makes, or an answer that it gets: it may be its last. */
  async call(): Promise<void> {
    if (this.callsLeft !== null) {
      this.callsLeft -= 1
      if (this.callsLeft < 0) this.end()
    }
    await this.turn()
  }

  /** It will be gone at one of its next calls; `null` = it will not. */
  endAfter(calls: number | null): void {
    this.callsLeft = calls
  }

  freeze(): void {
    if (this.current === 'running') this.current = 'frozen'
  }

  /** It goes on, with all that has come in the meantime, one after the other. */
  thaw(): void {
    if (this.current !== 'frozen') return
    this.current = 'running'
    for (const work of this.held.splice(0))
      this.clock.schedule(0, () => {
        this.run(work)
      })
  }

  /** Gone at once, as if the machine had lost its power. */
  end(): void {
    if (this.current === 'gone') return
    this.current = 'gone'
    this.held = []
    this.onGone()
  }
}
