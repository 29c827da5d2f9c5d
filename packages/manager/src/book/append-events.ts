import { type BookEvent, InputError } from '@tranchebook/core'
import { AppendError, ConflictError, type EventStore, FencedError, recordEvents } from '@tranchebook/store'
import type { Clock } from '@tranchebook/adapters'
import { backOffMs, pause } from '../clock/pause.js'
import { whyOf } from '../report/logger.js'

/** Events of one decision and where they belong. */
export interface Batch {
  readonly stream: string
  /** Version of the book before them. */
  readonly version: number
  readonly epoch: number
  readonly events: readonly BookEvent[]
}

/** What an append needs besides the batch. */
export interface AppendCircumstances {
  readonly store: EventStore<BookEvent>
  readonly clock: Clock
  /** Ends the retries: the lease is lost, or nobody waits any more. */
  readonly signal: AbortSignal
  readonly onRetry: (why: string) => void
}

const PAUSES = { first: 50, longest: 5000 }

/** Whether asking again would only give the same answer. A full disk is emptied one day, a lock let go. */
function isFinal(error: unknown): boolean {
  if (error instanceof FencedError || error instanceof ConflictError || error instanceof InputError) return true
  return error instanceof AppendError && error.code === 'store.append.refused'
}

/**
 * Appends a batch durably. Where nothing was appended, or nobody knows, the very same batch is tried again until the store takes it:
 * its ids make that harmless.
 *
 * @throws {FencedError} `store.fenced` when another process owns the account
 * @throws {ConflictError} when the stream has gone on without us
 * @throws {InputError} `store.event.malformed` for what no log can hold
 * @throws {AppendError} `store.append.refused`
 */
export async function appendEvents(batch: Batch, around: AppendCircumstances): Promise<void> {
  const { store, clock, signal, onRetry } = around
  const events = recordEvents(batch.events, batch.version)
  const options = { expected: batch.version === 0 ? ('none' as const) : batch.version, epoch: batch.epoch }
  for (let attempt = 0; ; attempt += 1) {
    try {
      await store.append(batch.stream, events, options)
      return
    } catch (error) {
      if (isFinal(error) || signal.aborted) throw error
      onRetry(whyOf(error))
    }
    await pause(clock, backOffMs(attempt, PAUSES), signal)
  }
}
