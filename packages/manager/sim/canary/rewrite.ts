import type { BookEvent, DecisionContext, EventOf, EventType, Input, TrancheBook } from '@tranchebook/core'
import type { BookRules } from '../../src/book/book-rules.js'
import type { Sabotage } from './sabotage.js'

/** What one decision is made from. */
export interface Asked {
  readonly book: TrancheBook
  readonly input: Input
  readonly context: DecisionContext
}

/** A context with another configuration. Its fields are named one by one: some are asked for only where they are read. */
export function withConfig(context: DecisionContext, changes: Partial<DecisionContext['config']>): DecisionContext {
  const { limits, instrument, account, readiness, sending, market, conditionalRoom, closingRules, isLate } = context
  const config = { ...context.config, ...changes }
  return { config, limits, instrument, account, readiness, sending, market, conditionalRoom, closingRules, isLate }
}

/** Decides on something else than what is the case. */
export function misleadDecide(mislead: (asked: Asked) => Asked): Sabotage {
  return {
    rules: (rules) => ({
      ...rules,
      decide: (...said) => {
        const [book, input, context] = said
        const asked = mislead({ book, input, context })
        return rules.decide(asked.book, asked.input, asked.context)
      },
    }),
  }
}

/** Records something else than what was decided. */
export function rewriteEvents(rewrite: (events: readonly BookEvent[], asked: Asked) => readonly BookEvent[]): Sabotage {
  return {
    rules: (rules) => ({
      ...rules,
      decide: (book, input, context) => rewrite(rules.decide(book, input, context), { book, input, context }),
    }),
  }
}

/** Changes every event of one type; `null` leaves it out. */
export function changeEvent<Type extends EventType>(
  type: Type,
  change: (event: EventOf<Type>, asked: Asked) => BookEvent | null,
): Sabotage {
  const isOfType = (event: BookEvent): event is EventOf<Type> => event.type === type
  return rewriteEvents((events, asked) =>
    events.flatMap((event) => {
      if (!isOfType(event)) return [event]
      const changed = change(event, asked)
      return changed === null ? [] : [changed]
    }),
  )
}

/** Folds something else than what was recorded. */
export function misfold(
  fold: (applyEvent: BookRules['applyEvent'], book: TrancheBook, event: BookEvent) => void,
): Sabotage {
  return {
    rules: (rules) => ({
      ...rules,
      applyEvent: (book, event) => {
        fold(rules.applyEvent, book, event)
      },
    }),
  }
}
