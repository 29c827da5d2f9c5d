import type { ApiRequest } from '../transport/api-request.js'
import { monotonicOf } from '../transport/clock.js'
import type { ApiSession } from './api-session.js'

/** An answer, and when it was asked for, in epoch ms of the venue. */
export interface TimedAnswer<Answer> {
  readonly answer: Answer
  readonly time: number
}

/**
 * Reads what may change at any time. It counts as taken when it was asked for, so that what comes in meanwhile is newer; by the venue's
 * clock as it is known afterwards, since a request that was refused for its time stamp has set it.
 *
 * @throws {VenueError} when the venue could not be asked
 */
export async function readTimed<Answer>(
  { reader, clock, serverClock }: Pick<ApiSession, 'reader' | 'clock' | 'serverClock'>,
  request: ApiRequest,
  parse: (body: unknown) => Answer,
): Promise<TimedAnswer<Answer>> {
  await serverClock.keepFresh()
  const asked = monotonicOf(clock)
  const answer = await reader.read(request, parse)
  return { answer, time: Math.round(asked + serverClock.now() - monotonicOf(clock)) }
}
