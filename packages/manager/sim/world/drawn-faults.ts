import {
  type Faults,
  MESSAGE_FAULTS,
  type MessageFault,
  type Random,
  type ReadFault,
  WRITE_FAULTS,
  type WriteFault,
} from '@tranchebook/simulator'
import { type Circumstances, pick } from './circumstances.js'
import type { FaultTally } from './fault-tally.js'

/** What a fault is drawn with. */
export interface FaultSetup {
  readonly random: Random
  readonly tally: FaultTally
  readonly circumstances: Circumstances
  /** Told in how many ms a request will land. */
  readonly onLanding: (ms: number) => void
}

/** How an append goes wrong. */
export type StoreFault = 'notSent' | 'replyLost' | 'landsLate'

/** How an answer of the venue is behind. */
export type StaleFault = 'stale' | 'notFoundYet'

const READS: readonly ReadFault[] = ['unanswered', 'tooManyRequests']
const STORES: readonly StoreFault[] = ['notSent', 'replyLost', 'landsLate']

/** Everything that goes wrong by chance, drawn from the seed and counted, until it is stopped. */
export class DrawnFaults implements Faults {
  readonly delayMs: number
  private readonly setup: FaultSetup
  private isOver = false

  constructor(setup: FaultSetup) {
    this.setup = setup
    this.delayMs = setup.circumstances.delayMs
  }

  get hidesVanished(): boolean {
    return this.setup.circumstances.hidesVanished && !this.isOver
  }

  /** From now on nothing goes wrong. */
  stop(): void {
    this.isOver = true
  }

  forWrite(): WriteFault | null {
    return this.draw('write', WRITE_FAULTS)
  }

  forRead(): ReadFault | null {
    return this.draw('read', READS)
  }

  forMessage(): MessageFault | null {
    return this.draw('message', MESSAGE_FAULTS)
  }

  forAppend(): StoreFault | null {
    return this.draw('store', STORES)
  }

  /** Whether an answer is behind; only told where it can be. */
  isStale(kind: StaleFault): boolean {
    if (this.isOver || !this.setup.random.chance(this.setup.circumstances.rates.read)) return false
    this.setup.tally.note(`read.${kind}`)
    return true
  }

  /** How long a call takes on its way, ms. */
  lagMs(): number {
    const { random, circumstances } = this.setup
    if (this.isOver || !random.chance(circumstances.rates.slow)) return 0
    return random.chance(900) ? 1 + random.next(80) : 100 + random.next(2500)
  }

  /** Soon, or at any time until the request is too old, or a little later. */
  landingMs(): number {
    const { random, circumstances } = this.setup
    const ms = random.chance(500) ? this.delayMs : random.next(Math.ceil(circumstances.acceptWindowMs * 1.1))
    if (ms >= circumstances.acceptWindowMs) this.setup.tally.note('write.expired')
    this.setup.onLanding(ms)
    return ms
  }

  private draw<Fault extends string>(
    where: 'write' | 'read' | 'message' | 'store',
    faults: readonly Fault[],
  ): Fault | null {
    const { random, tally, circumstances } = this.setup
    if (this.isOver || !random.chance(circumstances.rates[where])) return null
    const fault = pick(random, faults)
    tally.note(`${where}.${fault}`)
    return fault
  }
}
