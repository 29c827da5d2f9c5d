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
  orderInput,
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

/** The book once the venue has cancelled what these events ask it to. */
function withoutCancelled(
  book: TrancheBook,
  asked: readonly BookEvent[],
  { context, time }: { readonly context: DecisionContext; readonly time: number },
): TrancheBook {
  const { account, symbol } = book
  let after = evolveAll(book, asked)
  for (const event of asked) {
    if (event.type !== 'CancelIntended') continue
    const { clientOrderId } = event
    const filledQuantity = after.orders.get(clientOrderId)?.filled ?? null
    const told = orderInput({ account, symbol, time, clientOrderId, status: 'cancelled', filledQuantity })
    after = evolveAll(after, decide(after, told, context))
  }
  return after
}

/** What a command does, and does when it is asked again once limit exits that it has had cancelled are gone, as a running process asks. */
function carriedOut(
  book: TrancheBook,
  input: CommandInput,
  context: DecisionContext,
): { readonly events: readonly BookEvent[]; readonly after: TrancheBook } {
  const events = decide(book, input, context)
  const after = withoutCancelled(book, events, { context, time: input.time })
  const isAskedAgain = events.some(
    (event) => event.type === 'CancelIntended' && book.orders.get(event.clientOrderId)?.purpose === 'exit',
  )
  if (!isAskedAgain) return { events, after }
  const again = carriedOut(after, input, context)
  return { events: [...events, ...again.events], after: again.after }
}

/** The review, and what the known mark decides when it comes again: a target that it has reached waits for its order's cancel. */
function whatFollows(book: TrancheBook, context: DecisionContext, time: number): readonly BookEvent[] {
  const { account, symbol } = book
  const { market } = context
  const reviewed = decide(book, { type: 'review', id: `review:${time}`, time, account, symbol }, context)
  if (market === null) return reviewed
  const rested = withoutCancelled(book, reviewed, { context, time })
  const mark = { type: 'mark', id: `mark:${time}`, time, account, symbol, price: market.price } as const
  return [...reviewed, ...decide(rested, mark, context)]
}

/** What a command would record, and what would be sent because of it. Nothing happens. */
export interface Foreseen {
  readonly book: TrancheBook
  readonly events: readonly BookEvent[]
  /** Of the review and the known mark that follow, what the book would not have done anyway. */
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

/** Decides a command on a copy of its book, and then what exits and protection would follow. Custom closing rules are not known here. */
export function foresee(input: CommandInput, looking: Looking, around: Surroundings): Foreseen {
  const { book } = looking.fold
  const context = contextOf(looking, around)
  const { events, after } = carriedOut(book, input, context)
  const { closingRules } = around
  const config = events.reduce(
    (current, event) =>
      event.type === 'ConfigurationChanged' ? changeConfig(current, event.options, { closingRules }) : current,
    context.config,
  )
  const anyway = new Set(whatFollows(book, context, input.time).map(kindOf))
  const next = whatFollows(after, { ...context, config }, input.time)
  const consequences = next.filter((event) => !anyway.has(kindOf(event)))
  return { book, events, consequences }
}
