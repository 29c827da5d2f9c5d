import type { ServerClock } from './server-clock.js'
import type { Verdict } from './verdict.js'

/** A request refused for its time stamp was not carried out: sets the clock and sends once more. */
export async function withClockRetry(serverClock: ServerClock, sendOnce: () => Promise<Verdict>): Promise<Verdict> {
  const verdict = await sendOnce()
  if (verdict.outcome !== 'refused' || verdict.reason !== 'clock') return verdict
  try {
    await serverClock.sync()
  } catch {
    return verdict
  }
  return sendOnce()
}
