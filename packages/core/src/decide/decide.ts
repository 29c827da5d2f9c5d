import type { TrancheBook } from '../book/book.js'
import { AtMark } from '../book/at-mark.js'
import type { DecisionContext } from '../book/context.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { formatPrice } from '../money/price.js'
import type { Input } from '../observe/inputs.js'
import { widenMark } from '../observe/observed-mark.js'
import { decideCommand } from './command.js'
import { type Decision, record, startDecision } from './decision.js'
import { decideFill } from './fill.js'
import { decideFunding } from './funding.js'
import { judgeAge } from './judge-losses.js'
import { isIdleMark, judgeMark } from './mark.js'
import { decideOrder } from './order-report.js'
import { decidePosition } from './position-report.js'
import { refusalOf } from './refuse.js'
import { decideReview } from './review.js'
import { decideOverdue, settleWaiting } from './waiting-closes.js'

const NOTHING: readonly BookEvent[] = []

function decideTick(decision: Decision): void {
  const { market, config } = decision.context
  if (market !== null && decision.input.time - market.time <= config.maxPriceAgeMs) judgeAge(decision, market.price)
}

function route(decision: Decision, input: Input): void {
  switch (input.type) {
    case 'fill':
      return decideFill(decision, input)
    case 'mark':
      return judgeMark(decision, input.price)
    case 'position':
      return decidePosition(decision, input)
    case 'order':
      return decideOrder(decision, input)
    case 'funding':
      return decideFunding(decision, input)
    case 'tick':
      return decideTick(decision)
    case 'review':
      return decideReview(decision, input)
    case 'command':
      return decideCommand(decision, input)
  }
}

/** What the decision rests on comes first: the book's own beginning, and the mark (with its extremes) that nothing has recorded yet. */
function preamble(decision: Decision): readonly BookEvent[] {
  const { book, input, context } = decision
  const before = startDecision(book, input, context)
  const { account, symbol, positionMode } = book
  if (book.version === 0) record(before, { type: 'BookOpened', account, symbol, positionMode })
  const { market } = context
  if (market !== null && (book.mark === null || market.time > book.mark.time || market.price !== book.mark.price))
    record(before, {
      type: 'MarkObserved',
      price: formatPrice(market.price),
      high: formatPrice(market.high),
      low: formatPrice(market.low),
      markTime: market.time,
    })
  return before.events
}

function isSample(decision: Decision, input: Input): boolean {
  const { book, context } = decision
  const { markSampleMs } = context.config
  if (input.type !== 'mark' || markSampleMs === null) return false
  return book.mark === null || input.time - book.mark.time >= markSampleMs
}

function hasWaiting(book: TrancheBook): boolean {
  return book.groups.LONG.unmatched.length > 0 || book.groups.SHORT.unmatched.length > 0
}

/** Closes that have waited long enough for their entry are given up before anything else is decided. */
function overdueOf(book: TrancheBook, input: Input, context: DecisionContext): readonly BookEvent[] {
  if (!hasWaiting(book)) return NOTHING
  const decision = startDecision(book, input, context)
  decideOverdue(decision)
  return decision.events
}

/**
 * Turns one input into the events that record what it means. Pure: the book is not touched, the same arguments give the same
 * events. An input that {@link refusalOf} refuses, a duplicate, and a mark between the next triggers give none.
 *
 * @throws {InvariantError} when a law of the book would be broken, or a custom closing rule does not add up.
 */
export function decide(book: TrancheBook, input: Input, context: DecisionContext): readonly BookEvent[] {
  if (refusalOf(book, input, context) !== null) return NOTHING
  const overdue = overdueOf(book, input, context)
  if (overdue.length > 0) return [...overdue, ...decide(evolveAll(book, overdue), input, context)]
  if (input.type === 'mark' && isIdleMark({ book, context }, input)) return NOTHING
  const around = input.type === 'mark' ? new AtMark(context, widenMark(context.market, input)) : context
  const decision = startDecision(book, input, around)
  route(decision, input)
  if (input.type === 'fill' && hasWaiting(book)) settleWaiting(decision, input)
  if (decision.events.length === 0 && !isSample(decision, input)) return NOTHING
  return [...preamble(decision), ...decision.events]
}
