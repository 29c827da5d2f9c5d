import { type Clock, VenueError } from '@tranchebook/adapters'
import { backOffMs, pause } from '../clock/pause.js'
import { ManagerError } from '../manager-error.js'
import { type Logger, whyOf } from '../report/logger.js'

/** How one bears with a venue that does not answer. */
export interface PatienceHost {
  readonly clock: Clock
  readonly logger: Logger
  /** Ends every wait. */
  readonly signal: AbortSignal
  /** How long the venue may leave one question unanswered, ms. */
  readonly timeoutMs: number
  /** What is thrown when the time is up. */
  readonly giveUp: (why: string, cause: unknown) => unknown
}

const PAUSES = { first: 1000, longest: 30_000 }
/** Refused keys, and a venue that this process has closed: asking again changes nothing. */
const FINAL_REASONS: readonly unknown[] = ['credentials', 'closed']

/** What the venue itself asks one to wait, ms; 0 = it does not say. */
function wishedMs({ details }: VenueError): number {
  const wish = details['retryAfterMs']
  return typeof wish === 'number' ? wish : 0
}

/** Why a start ends without an answer of the venue. */
export function startGivesUp(startTimeoutMs: number, why: string, cause: unknown): ManagerError {
  return new ManagerError(
    'manager.venue-unreachable',
    `expected the venue to answer within ${startTimeoutMs} ms of the start, got: ${why}; nothing was sent, and what rests at the venue stays: see whether it can be reached, then start again`,
    { details: { startTimeoutMs, why }, cause },
  )
}

/** Counts the failures of one question, and says how long to wait before it is asked again. */
export class Patience {
  private readonly host: PatienceHost
  private firstFailure: number | null = null
  private attempt = 0

  constructor(host: PatienceHost) {
    this.host = host
  }

  /**
   * Waits as the venue wishes, or longer with each failure.
   *
   * @throws what its host gives up with, where the time is up or the venue wishes to wait beyond it
   * @throws the error itself where asking again would change nothing
   */
  async bear(error: unknown): Promise<void> {
    const { clock, logger, signal, timeoutMs, giveUp } = this.host
    if (!(error instanceof VenueError) || FINAL_REASONS.includes(error.details['reason'])) throw error
    this.firstFailure ??= clock.now()
    const waitMs = Math.max(backOffMs(this.attempt, PAUSES), wishedMs(error))
    this.attempt += 1
    if (clock.now() + waitMs - this.firstFailure > timeoutMs) throw giveUp(whyOf(error), error)
    logger.warn({ why: whyOf(error), waitMs }, 'the venue has not answered: asking again')
    await pause(clock, waitMs, signal)
  }
}

/** Asks until there is an answer. @throws as {@link Patience.bear} does, and the signal's reason once it has ended the wait */
export async function askPatiently<Answer>(ask: () => Promise<Answer>, host: PatienceHost): Promise<Answer> {
  const patience = new Patience(host)
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      await patience.bear(error)
    }
    host.signal.throwIfAborted()
  }
}

/** Waits for what tries by itself again and again. @throws what its host gives up with, when the time is up */
export async function waitPatiently(work: Promise<void>, what: string, host: PatienceHost): Promise<void> {
  const { clock, signal, timeoutMs, giveUp } = host
  const enough = new AbortController()
  const isDone = work.then(() => true)
  const isLate = pause(clock, timeoutMs, AbortSignal.any([signal, enough.signal])).then(() => false)
  try {
    if (await Promise.race([isDone, isLate])) return
  } finally {
    enough.abort()
  }
  signal.throwIfAborted()
  throw giveUp(`${what} does not stand`, null)
}
