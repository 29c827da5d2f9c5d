import {
  type AccountSummary,
  accountShareOf,
  ALONE,
  type BookEvent,
  changeConfig,
  type CommandInput,
  decide,
  type DecisionContext,
  evolveAll,
  plus,
  type TrancheBook,
} from '@tranchebook/core'
import type { LiveAccount } from '../source/dashboard-source.js'
import type { Looking } from '../view/looking.js'

/** The account around a book that something is asked of. */
export interface Surroundings {
  readonly live: LiveAccount
  /** Every book, the one in question included. */
  readonly all: readonly Looking[]
  readonly closingRules: readonly string[]
}

function summaryWithout(left: Looking, all: readonly Looking[]): AccountSummary {
  let summary: AccountSummary = ALONE
  for (const { fold, mark, config } of all) {
    if (fold.book === left.fold.book) continue
    const share = accountShareOf(fold.book, { mark, leverage: config.leverage })
    summary = {
      tradesToday: 0,
      openTranches: summary.openTranches + share.openTranches,
      activePositions: summary.activePositions + share.activePositions,
      marginUsed: plus(summary.marginUsed, share.marginUsed),
    }
  }
  return summary
}

function contextOf(looking: Looking, { live, all }: Surroundings): DecisionContext {
  const { config, instrument, limits, mark: price, markTime, now } = looking
  const { health, mode } = live.state()
  return {
    config,
    limits,
    instrument,
    account: summaryWithout(looking, all),
    readiness: { isLive: health.status === 'live', reasons: health.reasons.map(({ message }) => message) },
    sending: mode,
    market: price === null ? null : { price, high: price, low: price, time: markTime ?? now },
    conditionalRoom: null,
    closingRules: new Map(),
    isLate: false,
  }
}

function review(book: TrancheBook, context: DecisionContext, time: number): readonly BookEvent[] {
  const { account, symbol } = book
  return decide(book, { type: 'review', id: `review:${time}`, time, account, symbol }, context)
}

/** What a command would record, and what would be sent because of it. Nothing happens. */
export interface Foreseen {
  readonly book: TrancheBook
  readonly events: readonly BookEvent[]
  /** Of the review that follows, what the book would not have done anyway. */
  readonly consequences: readonly BookEvent[]
}

function kindOf(event: BookEvent): string {
  if (event.type === 'OrderIntended') {
    const {
      clientOrderId: _id,
      intent: _intent,
      causationId: _cause,
      correlationId: _with,
      because: _why,
      ...terms
    } = event
    return JSON.stringify(terms)
  }
  return event.type === 'CancelIntended' ? `${event.type} ${event.clientOrderId}` : event.type
}

/** Decides a command on a copy of its book, and then what protection would follow. Custom closing rules are not known here. */
export function foresee(input: CommandInput, looking: Looking, around: Surroundings): Foreseen {
  const { book } = looking.fold
  const context = contextOf(looking, around)
  const events = decide(book, input, context)
  const after = evolveAll(book, events)
  const { closingRules } = around
  const config = events.reduce(
    (current, event) =>
      event.type === 'ConfigurationChanged' ? changeConfig(current, event.options, { closingRules }) : current,
    context.config,
  )
  const anyway = new Set(review(book, context, input.time).map(kindOf))
  const consequences = review(after, { ...context, config }, input.time).filter((event) => !anyway.has(kindOf(event)))
  return { book, events, consequences }
}
