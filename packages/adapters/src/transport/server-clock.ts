import type { ClockReading } from '../venue/snapshots.js'
import type { Clock } from './clock.js'

/** Asks the venue for its time, in epoch ms. */
export type ServerTimeRequest = () => Promise<number>

export interface ServerClock {
  /** The venue's time now, as far as we know. */
  now(): number
  /** `null` = never asked. */
  reading(): ClockReading | null
  /** Takes a few samples and keeps the one with the shortest round trip. Callers at the same time share one. */
  sync(): Promise<ClockReading>
  /** Syncs when that never happened, or waits for nothing when the reading is merely old: then it refreshes behind the scenes. */
  keepFresh(): Promise<void>
}

const SAMPLES = 3
const REFRESH_MS = 30 * 60_000

async function sample(clock: Clock, request: ServerTimeRequest): Promise<ClockReading> {
  const sent = clock.now()
  const serverTime = await request()
  const received = clock.now()
  return { offsetMs: Math.round(serverTime - (sent + received) / 2), roundTripMs: received - sent, time: received }
}

/** Follows the venue's clock. */
export function createServerClock(clock: Clock, request: ServerTimeRequest): ServerClock {
  let latest: ClockReading | null = null
  let running: Promise<ClockReading> | null = null

  const takeSamples = async (): Promise<ClockReading> => {
    let best = await sample(clock, request)
    for (let taken = 1; taken < SAMPLES; taken += 1) {
      const next = await sample(clock, request)
      if (next.roundTripMs < best.roundTripMs) best = next
    }
    latest = best
    return best
  }
  const sync = (): Promise<ClockReading> => {
    running ??= takeSamples().finally(() => {
      running = null
    })
    return running
  }
  return {
    now: () => clock.now() + (latest?.offsetMs ?? 0),
    reading: () => latest,
    sync,
    keepFresh: async () => {
      if (latest === null) await sync()
      else if (clock.now() - latest.time > REFRESH_MS) sync().catch(() => undefined)
    },
  }
}
