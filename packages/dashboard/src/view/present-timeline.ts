import { type BookEvent, explainBecause, explainEvent, type TextPrecision } from '@tranchebook/core'
import type { StoredEvent } from '@tranchebook/store'
import type { TimelineEntry, TimelineGroup } from '../api/timeline-view.js'

function tranchesOf(event: BookEvent): readonly string[] {
  if (event.type === 'FillBooked') return []
  if (event.type === 'TrancheMerged') return [event.tranche, ...event.absorbed]
  if ('tranche' in event) return [event.tranche]
  if ('parts' in event) return [...new Set(event.parts.map(({ tranche }) => tranche))]
  if ('allocation' in event) return event.allocation.map(({ tranche }) => tranche)
  return []
}

/** Why an event was decided, in words; `null` = nothing was chosen. */
export function whyOf({ because }: BookEvent): string | null {
  return because === undefined ? null : explainBecause(because)
}

/** An event as a sentence. */
export function presentEntry(stored: StoredEvent<BookEvent>, precision: TextPrecision): TimelineEntry {
  const { version, position, event } = stored
  return {
    version,
    type: event.type,
    time: event.time,
    sentence: explainEvent(event, precision),
    why: whyOf(event),
    tranches: tranchesOf(event),
    clientOrderId: 'clientOrderId' in event ? event.clientOrderId : null,
    position: String(position),
  }
}

/** Marks only set the scene of what follows them. */
function headlineOf(entries: readonly TimelineEntry[]): string {
  const telling = entries.filter(({ type }) => type !== 'MarkObserved')
  return (telling.length === 0 ? entries : telling).map(({ sentence }) => sentence).join(' → ')
}

/** Events, oldest first, by what caused them; the newest cause first. */
export function presentTimeline(
  events: readonly StoredEvent<BookEvent>[],
  precision: TextPrecision,
): readonly TimelineGroup[] {
  const groups: { causationId: string; events: StoredEvent<BookEvent>[] }[] = []
  for (const stored of events) {
    const { causationId } = stored.event
    const last = groups.at(-1)
    if (last?.causationId === causationId) last.events.push(stored)
    else groups.push({ causationId, events: [stored] })
  }
  return groups
    .map(({ causationId, events: caused }) => {
      const entries = caused.map((stored) => presentEntry(stored, precision))
      return {
        causationId,
        time: entries[0]?.time ?? 0,
        firstVersion: entries[0]?.version ?? 0,
        lastVersion: entries.at(-1)?.version ?? 0,
        headline: headlineOf(entries),
        entries,
      }
    })
    .toReversed()
}
