import { type Clock, monotonicOf, type Venue } from '@tranchebook/adapters'

/** From here on a difference is no drift of our clock any more, ms. */
const JUMP_MS = 1000

/** So often a reading is tried while somebody sets our clock. */
const MOST_TRIES = 3

/** The venue's time, told by a machine whose clock may be set at any moment, or which may stand still. */
export class VenueTime {
  private readonly clock: Clock
  private readonly venue: Pick<Venue, 'syncClock'>
  private offsetMs = 0
  /** How far off the newest reading may be. */
  private unsureMs = 0
  /** How far our clock was ahead of the one that nobody sets, at the newest reading. */
  private leadMs: number
  private reading: Promise<void> | null = null

  constructor(clock: Clock, venue: Pick<Venue, 'syncClock'>) {
    this.clock = clock
    this.venue = venue
    this.leadMs = this.lead()
  }

  /** Epoch ms. It goes on evenly while our clock is set. */
  now(): number {
    return Math.round(monotonicOf(this.clock) + this.leadMs + this.offsetMs)
  }

  /** The venue's time is not before this, however long it took to ask for it. Epoch ms. */
  earliest(): number {
    return this.now() - this.unsureMs
  }

  /** Whether our clock was set, or stood still, since the newest reading. */
  get isDoubtful(): boolean {
    return Math.abs(this.lead() - this.leadMs) >= JUMP_MS
  }

  /** Asks the venue; whoever asks meanwhile shares the answer. @throws {VenueError} */
  async read(): Promise<void> {
    this.reading ??= this.ask().finally(() => {
      this.reading = null
    })
    return this.reading
  }

  private async ask(tries = MOST_TRIES): Promise<void> {
    const asked = this.lead()
    const began = monotonicOf(this.clock)
    const { offsetMs } = await this.venue.syncClock()
    const isSteady = Math.abs(this.lead() - asked) < JUMP_MS
    // Set while the venue was asked: its answer may be off by half of that, and a start would begin its books there.
    if (!isSteady && tries > 1) return this.ask(tries - 1)
    this.offsetMs = offsetMs
    // A reading is right to half of its round trip, and to what may have gone unnoticed of a clock that was set.
    this.unsureMs = Math.ceil((monotonicOf(this.clock) - began) / 2) + JUMP_MS
    // The doubt stays, and the next reading is right.
    this.leadMs = isSteady ? this.lead() : asked
  }

  private lead(): number {
    return this.clock.now() - monotonicOf(this.clock)
  }
}
