import { emptyBook, streamOf, type TrancheBook } from '../../book/book.js'
import type { DecisionContext } from '../../book/context.js'
import type { BookEvent, EventOf } from '../../book/events.js'
import { changeConfig } from '../../config/change-config.js'
import { configFor } from '../../config/parse-config.js'
import { decide } from '../../decide/decide.js'
import { applyEvent } from '../../evolve/evolve.js'
import { unknownInstrument } from '../../instrument/instrument.js'
import { identityOf } from '../replay-events.js'
import { ALONE, type RunSetup } from '../run-book.js'
import type { RunOptions } from '../run-inputs.js'
import { type EventDifference, firstDifference } from './compare-events.js'
import { rebuildInput } from './rebuild-input.js'
import { type LogRegression, type NotRebuilt, whyNotRebuilt } from './regression-report.js'

interface Walk {
  readonly book: TrancheBook
  setup: RunSetup
  readonly fills: ReadonlyMap<string, EventOf<'FillBooked'>>
}

function beginWalk(events: readonly BookEvent[], options: RunOptions): Walk {
  const book = emptyBook(identityOf(events[0]))
  const setup: RunSetup = {
    config: configFor(options.config, book.symbol),
    limits: options.config.limits,
    instrument: options.instruments.get(book.symbol) ?? unknownInstrument(book.symbol),
    readiness: { isLive: true, reasons: [] },
    sending: options.sending,
    conditionalRoom: null,
    closingRules: options.closingRules,
  }
  const isFill = (event: BookEvent): event is EventOf<'FillBooked'> => event.type === 'FillBooked'
  return { book, setup, fills: new Map(events.filter(isFill).map((fill) => [fill.tradeId, fill])) }
}

/** The recorded event is folded, never the one decided today: every decision is judged on the state it was made in. */
function walkOver(walk: Walk, events: readonly BookEvent[]): void {
  for (const event of events) {
    applyEvent(walk.book, event)
    if (event.type === 'ConfigurationChanged')
      walk.setup = {
        ...walk.setup,
        config: changeConfig(walk.setup.config, event.options, { closingRules: [...walk.setup.closingRules.keys()] }),
      }
  }
}

/** A decision notes the mark it rests on before all else but the book's own beginning: a mark further on is another decision's. */
function isOfSameDecision(event: BookEvent | undefined, before: BookEvent | undefined): boolean {
  if (event?.causationId !== before?.causationId) return false
  return event?.type !== 'MarkObserved' || before?.type === 'BookOpened'
}

/** Consecutive events of one cause. Two reports under one id, of a fill and then of its fee, are two. */
function* decisionsOf(
  events: readonly BookEvent[],
): Generator<{ readonly index: number; readonly events: readonly BookEvent[] }> {
  let index = 0
  while (index < events.length) {
    let end = index + 1
    while (end < events.length && isOfSameDecision(events[end], events[end - 1])) end += 1
    yield { index, events: events.slice(index, end) }
    index = end
  }
}

/** Whether all that was decided is what had waited: the input itself is behind the events that follow. */
function isSettled([first]: readonly BookEvent[]): boolean {
  return first?.type === 'FillOrphaned' || first?.type === 'UnmatchedSettled'
}

interface Judgement {
  readonly length: number
  readonly difference: EventDifference | null
  readonly notRebuilt: boolean
}

/** Re-decides the input behind the first of these events. Two inputs in a row may share one id: what is left is judged as another. */
function judge(walk: Walk, events: readonly BookEvent[], index: number): Judgement {
  const rebuilt = rebuildInput(events, walk)
  if (rebuilt === null) return { length: events.length, difference: null, notRebuilt: true }
  const { input, market, isLate } = rebuilt
  const context: DecisionContext = { ...walk.setup, market, account: ALONE, isLate }
  const got = decide(walk.book, input, context)
  const whole = firstDifference(events, got, index)
  if (whole === null || got.length === 0) return { length: events.length, difference: whole, notRebuilt: false }
  const isPrefix = got.length < events.length && firstDifference(events.slice(0, got.length), got) === null
  const isAnother = isPrefix && (isSettled(got) || rebuildInput(events.slice(got.length), walk) !== null)
  return isAnother
    ? { length: got.length, difference: null, notRebuilt: false }
    : { length: events.length, difference: whole, notRebuilt: false }
}

/**
 * Decides again what a log of events alone lets one decide again, with today's code and the given configuration, and compares with
 * what was recorded. Decisions whose input is not in the log are counted, not guessed at.
 *
 * @throws {InvariantError} `log.no-beginning`, or `book.invariant` at the first recorded event that does not fit.
 */
export function redecideLog(events: readonly BookEvent[], options: RunOptions): LogRegression {
  const walk = beginWalk(events, options)
  const differences: EventDifference[] = []
  const notRebuilt: NotRebuilt[] = []
  let decisions = 0
  for (const decision of decisionsOf(events)) {
    let rest = decision.events
    while (rest.length > 0) {
      const index = decision.index + decision.events.length - rest.length
      const { length, difference, notRebuilt: isMissing } = judge(walk, rest, index)
      if (isMissing) notRebuilt.push({ index, events: rest.length, reason: whyNotRebuilt(rest) })
      else decisions += 1
      if (difference !== null) differences.push(difference)
      walkOver(walk, rest.slice(0, length))
      rest = rest.slice(length)
    }
  }
  return { stream: streamOf(walk.book), events: events.length, decisions, differences, notRebuilt }
}
