import type { BookEvent } from '../../src/book/events.js'
import { aLife, buys, eventsOf, type Life, type LifeChanges, marks, shorts, theOne } from './life-builder.js'

/** A book at 50 000 with T1 0.01 LONG, called «swing», and T2 0.02 SHORT. */
export function pair(changes: LifeChanges = {}): Life {
  const life = aLife({ ...changes, config: { instantTakeProfit: false, ...changes.config } })
  life.tellAll([marks('50000'), buys('0.01', '50000', { tranche: 'swing' }), shorts('0.02', '50000')])
  return life
}

/** The one refusal among events: command and code. */
export function refusalIn(events: readonly BookEvent[]): string {
  const { command, code } = theOne(events, 'CommandRefused')
  return `${command} ${code}`
}

/** Orders that are intended, in words: side, quantity, price, reason. */
export function exits(events: readonly BookEvent[]): readonly string[] {
  return eventsOf(events, 'OrderIntended').map(
    ({ side, quantity, price, reason }) => `${side} ${quantity} ${price ?? 'market'} ${reason}`,
  )
}
