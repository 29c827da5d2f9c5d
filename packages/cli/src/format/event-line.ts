import { type BookEvent, explainBecause, explainEvent, formatClock, formatDay } from '@tranchebook/core'
import { inTone } from './colour.js'
import { visibleLine } from './visible-text.js'

/** An event of a stream and the version it makes. */
export interface PlacedEvent {
  readonly stream: string
  readonly version: number
  readonly event: BookEvent
}

/** An event as a line for people: when, where, what, and why below it. */
export function eventLine({ stream, version, event }: PlacedEvent, hasColour: boolean): string {
  const time = `${formatDay(event.time)} ${formatClock(event.time)}`
  const place = `${stream} ${version}`
  const line = `${time}  ${inTone(visibleLine(place), 'dim', hasColour)}  ${visibleLine(explainEvent(event))}`
  if (event.because === undefined) return `${line}\n`
  const why = inTone(visibleLine(explainBecause(event.because)), 'dim', hasColour)
  return `${line}\n${' '.repeat(time.length + place.length + 4)}${why}\n`
}
