import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import { storeStuck } from '../report/troubles.js'

/** An append takes milliseconds; one that takes this long keeps fills and stops waiting. */
const SLOW_MS = 2000

/** Says when the log of a book takes its time, before any append has failed, and when it is quick again. `now` is the local clock. */
export function watchLog({ symbol, recordingSince }: BookLoop, now: number, health: HealthBoard): void {
  if (recordingSince === null) return health.clear('storeStuck', symbol)
  const isSlow = now - recordingSince > SLOW_MS
  if (isSlow && !health.has('storeStuck', symbol)) health.report(storeStuck(symbol, `no answer for ${SLOW_MS} ms`))
}
