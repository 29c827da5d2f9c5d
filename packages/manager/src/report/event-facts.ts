import type { BookEvent } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import type { LogFacts } from './logger.js'

/** What a line of the log says of a recorded event: where it belongs, what caused it, and the order it is about. */
export function factsOf({ stream }: Pick<BookLoop, 'stream'>, event: BookEvent): LogFacts {
  const { type, time, causationId, correlationId } = event
  const tranche = 'tranche' in event && typeof event.tranche === 'string' ? { tranche: event.tranche } : {}
  const order = 'clientOrderId' in event ? { order: event.clientOrderId } : {}
  return { stream, type, time, causationId, correlationId, ...tranche, ...order }
}
