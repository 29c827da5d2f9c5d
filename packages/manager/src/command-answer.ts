import type { BookEvent } from '@tranchebook/core'
import type { Decided } from './book/mailbox.js'

/** What became of a command, once it is durable. Orders are on their way then; their outcomes are events. */
export type CommandAnswer =
  | { readonly accepted: true; readonly orders: readonly string[]; readonly events: readonly BookEvent[] }
  | {
      readonly accepted: false
      readonly code: string
      /** A sentence with the numbers in it. */
      readonly message: string
      readonly events: readonly BookEvent[]
    }

const PREAMBLE: readonly BookEvent['type'][] = ['BookOpened', 'MarkObserved', 'EntryRefused', 'CommandRefused']

/** Accepted where anything but refusals came of it; a command that changes nothing is accepted, too. */
export function answerOf({ events, refusal }: Decided): CommandAnswer {
  if (refusal !== null) return { accepted: false, ...refusal, events }
  const refused = events.find((event) => event.type === 'EntryRefused' || event.type === 'CommandRefused')
  const isDone = events.some((event) => !PREAMBLE.includes(event.type))
  if (refused !== undefined && !isDone) return { accepted: false, code: refused.code, message: refused.message, events }
  const orders = events.flatMap((event) => (event.type === 'OrderIntended' ? [event.clientOrderId] : []))
  return { accepted: true, orders, events }
}
