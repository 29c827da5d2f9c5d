import type { BookEvent } from '../../book/events.js'
import { showJson } from '../shape/json.js'
import type { EventDifference } from './compare-events.js'

/** A decision whose input a log of events alone does not hold. */
export interface NotRebuilt {
  /** Of its first event. */
  readonly index: number
  readonly events: number
  readonly reason: string
}

/** What came of deciding one log again. */
export interface LogRegression {
  readonly stream: string
  readonly events: number
  /** Decisions made again and compared. */
  readonly decisions: number
  /** First difference of each decision that fell otherwise, in order of the log. Empty = today's code decides as it did then. */
  readonly differences: readonly EventDifference[]
  readonly notRebuilt: readonly NotRebuilt[]
}

/** Why the input behind these events cannot be told from them. */
export function whyNotRebuilt(events: readonly BookEvent[]): string {
  for (const event of events) {
    if (event.type === 'EntryRefused' || (event.type === 'OrderIntended' && event.purpose === 'entry'))
      return 'an entry: its signal, the readiness and the account at that moment are not in the log'
    if (event.type === 'CommandRefused') return 'a refused command: what it asked for is not in the log'
    if (event.type === 'OrderIntended' && event.purpose === 'exit')
      return 'an exit: what was asked for is not in the log, only what was sent'
    if (event.type.startsWith('Protection') || event.type === 'OrderIntended' || event.type === 'CancelIntended')
      return 'a review of protection: the room at the venue is not in the log'
  }
  return 'nothing in its events tells what came in'
}

function describe(stream: string, { index, expected, got, fields }: EventDifference): readonly string[] {
  const place = `${stream} event ${index} (version ${index + 1})`
  const cause = (expected ?? got)?.causationId ?? 'unknown'
  const head = `${place}, caused by ${cause}: recorded ${expected?.type ?? 'nothing more'}, decided now ${got?.type ?? 'nothing more'}`
  return [
    head,
    ...fields.map((field) => `  ${field.field}: recorded ${showJson(field.expected)}, now ${showJson(field.got)}`),
  ]
}

function countReasons(notRebuilt: readonly NotRebuilt[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { reason } of notRebuilt) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => `  ${count} × ${reason}`)
}

/** A regression as lines for people: the verdict, the first difference with its fields, what could not be compared and why. */
export function formatRegression(report: LogRegression): readonly string[] {
  const { stream, events, decisions, differences, notRebuilt } = report
  const [first] = differences
  const verdict = first === undefined ? 'all as recorded' : `${differences.length} otherwise than recorded`
  return [
    `${stream}: ${events} events, ${decisions} decisions made again, ${verdict}`,
    ...(first === undefined ? [] : ['first difference:', ...describe(stream, first)]),
    ...(notRebuilt.length === 0 ? [] : [`${notRebuilt.length} decisions not made again:`, ...countReasons(notRebuilt)]),
  ]
}
