import type { BookEvent, Input, Refusal } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import type { EquityCheck } from '../read/equity-watch.js'
import type { Health } from '../report/health.js'

/** Who is told what happened. */
export interface AccountListener {
  onEvents(loop: BookLoop, events: readonly BookEvent[]): void
  onRefused(input: Input, refusal: Refusal): void
  onHealth(health: Health): void
  onEquityDiffers(check: EquityCheck): void
}
