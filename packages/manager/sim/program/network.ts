import type { Clock } from '@tranchebook/adapters'
import type { DrawnFaults } from '../world/drawn-faults.js'
import type { Program } from './program.js'

/** What lies between a program and what it calls. */
export interface NetworkSetup {
  readonly program: Program
  readonly faults: DrawnFaults
  /** It goes on while the program stands still. */
  readonly clock: Clock
}

/** The way there and back: it takes time, the program may be gone at either end, and what is on its way arrives all the same. */
export class Network {
  private readonly setup: NetworkSetup

  constructor(setup: NetworkSetup) {
    this.setup = setup
  }

  async call<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    const { program } = this.setup
    await program.call()
    await this.travel()
    const answer = send()
    answer.catch(() => undefined)
    await program.call()
    try {
      return await answer
    } finally {
      await this.travel()
      await program.turn()
    }
  }

  private async travel(): Promise<void> {
    const { faults, clock } = this.setup
    const ms = faults.lagMs()
    if (ms === 0) return
    await new Promise<void>((resolve) => {
      clock.schedule(ms, resolve)
    })
  }
}
