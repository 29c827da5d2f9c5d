import type { ClockReading } from '../venue/snapshots.js'
import { type Clock, monotonicOf } from './clock.js'

/** Asks the venue for its time, in epoch ms. */
export type ServerTimeRequest = () => Promise<number>

export interface ServerClock {
  /** The venue's time now, as far as we know. It goes on evenly while our clock is set. */
  now(): number
  /** Takes a few samples and keeps the one with the shortest round trip. Callers at the same time share one. */
  sync(): Promise<ClockReading>
  /**
   * Syncs when that never happened, or when our clock was set, or stood still, since; what is known stays where the venue does not answer
   * then. Waits for nothing when the reading is merely old: then it refreshes behind the scenes.
   */
  keepFresh(): Promise<void>
}

const SAMPLES = 3
const REFRESH_MS = 30 * 60_000

/** From here on a difference is no drift of our clock any more. */
const JUMP_MS = 1000

/** A reading against the clock that nobody sets: the other one may be set while the venue is asked. */
interface Sample {
  /** The venue's time less ours, ms. */
  readonly aheadMs: number
  readonly roundTripMs: number
}

/** The newest reading, and how our two clocks stood then. */
interface Synced extends Sample {
  /** By the clock that nobody sets. */
  readonly at: number
  /** How far the other one was ahead of it, ms. */
  readonly leadMs: number
}

async function sample(clock: Clock, request: ServerTimeRequest): Promise<Sample> {
  const sent = monotonicOf(clock)
  const serverTime = await request()
  const received = monotonicOf(clock)
  return { aheadMs: serverTime - (sent + received) / 2, roundTripMs: received - sent }
}

/** Follows the venue's clock. */
export function createServerClock(clock: Clock, request: ServerTimeRequest): ServerClock {
  let latest: Synced | null = null
  let running: Promise<ClockReading> | null = null

  const lead = (): number => clock.now() - monotonicOf(clock)
  const now = (): number => (latest === null ? clock.now() : Math.round(monotonicOf(clock) + latest.aheadMs))
  const takeSamples = async (): Promise<ClockReading> => {
    let best = await sample(clock, request)
    for (let taken = 1; taken < SAMPLES; taken += 1) {
      const next = await sample(clock, request)
      if (next.roundTripMs < best.roundTripMs) best = next
    }
    latest = { ...best, at: monotonicOf(clock), leadMs: lead() }
    const time = clock.now()
    return { offsetMs: now() - time, roundTripMs: best.roundTripMs, time }
  }
  const sync = (): Promise<ClockReading> => {
    running ??= takeSamples().finally(() => {
      running = null
    })
    return running
  }
  return {
    now,
    sync,
    keepFresh: async () => {
      if (latest === null) await sync()
      else if (Math.abs(lead() - latest.leadMs) >= JUMP_MS) await sync().catch(() => undefined)
      else if (monotonicOf(clock) - latest.at > REFRESH_MS) sync().catch(() => undefined)
    },
  }
}
