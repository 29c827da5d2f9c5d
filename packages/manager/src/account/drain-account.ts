import type { Clock } from '@tranchebook/adapters'
import type { OrderSender } from '../act/order-sender.js'
import type { BookLoop } from '../book/book-loop.js'
import { pause } from '../clock/pause.js'

/** What is drained. */
export interface Draining {
  readonly clock: Clock
  readonly sender: OrderSender
  readonly loops: () => readonly BookLoop[]
}

const LONGEST_MS = 10_000

/** Waits until what is decided is recorded and what is being sent is answered; not longer than the signal, or ten seconds. */
export async function drainAccount({ clock, sender, loops }: Draining, signal?: AbortSignal): Promise<void> {
  const enough = new AbortController()
  const ended = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal])
  const idle = async (): Promise<unknown> => Promise.all(loops().map(async (loop) => loop.idle()))
  const drained = async (): Promise<void> => {
    await idle()
    await sender.drained()
    await idle()
  }
  await Promise.race([drained(), pause(clock, LONGEST_MS, ended)])
  enough.abort()
}
