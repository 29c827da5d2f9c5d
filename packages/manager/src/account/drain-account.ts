import type { Clock } from '@tranchebook/adapters'
import type { OrderSender } from '../act/order-sender.js'
import type { BookLoop } from '../book/book-loop.js'
import { isProtected } from '../book/book-standing.js'
import { pause } from '../clock/pause.js'

/** What is drained. */
export interface Draining {
  readonly clock: Clock
  readonly sender: OrderSender
  readonly loops: () => readonly BookLoop[]
  /** Whether it sends orders at all. */
  readonly isSending: boolean
  /** Listens to the venue no longer. */
  readonly disconnect: () => Promise<void>
}

const LONGEST_MS = 10_000
const LOOK_MS = 20

/** Whether no entry at market is under way, and what is open is behind its stops. */
function isSettled(loop: BookLoop): boolean {
  if (loop.isHalted) return true
  for (const { purpose, type } of loop.book.orders.values()) if (purpose === 'entry' && type === 'MARKET') return false
  return isProtected(loop)
}

/**
 * Waits until entries that were begun are filled and protected, then listens no more, and waits until what is decided is recorded
 * and what is being sent is answered; not longer than the signal, or ten seconds.
 */
export async function drainAccount(draining: Draining, signal?: AbortSignal): Promise<void> {
  const { clock, sender, loops, isSending, disconnect } = draining
  const enough = new AbortController()
  const ended = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal])
  const idle = async (): Promise<unknown> => Promise.all(loops().map(async (loop) => loop.idle()))
  const drained = async (): Promise<void> => {
    await idle()
    if (isSending) while (!ended.aborted && !loops().every(isSettled)) await pause(clock, LOOK_MS, ended)
    await disconnect()
    await idle()
    await sender.drained()
    await idle()
  }
  await Promise.race([drained(), pause(clock, LONGEST_MS, ended)])
  enough.abort()
}
