import { applyEvent, decide } from '@tranchebook/core'

/** The pure functions that a book is run with. The manager adds nothing to what they say. */
export interface BookRules {
  readonly decide: typeof decide
  readonly applyEvent: typeof applyEvent
}

/** As the core has them. */
export const BOOK_RULES: BookRules = { decide, applyEvent }
