import type { BookEvent } from '../../book/events.js'
import { NEWEST_VERSIONS } from '../../book/newest-versions.js'
import { isRecord, showJson } from '../shape/json.js'
import { EVENT_CHECKS } from './event-checks.js'
import { type EventPlace, refuseEvent } from './event-place.js'

const NEWEST: ReadonlyMap<unknown, number> = new Map(Object.entries(NEWEST_VERSIONS))

/** The schema version an event type has today; `undefined` = there is no such type. */
function newestVersionOf(type: unknown): number | undefined {
  return NEWEST.get(type)
}

/**
 * Holds an event as it was read against what its type must carry today. Fields it does not know are left alone.
 *
 * @throws {InputError} `event.unknown-type`, `event.newer-version`, `event.no-upcast` for an older one, or `event.malformed` naming the field.
 */
export function parseEvent(value: unknown, place: EventPlace): BookEvent {
  if (!isRecord(value))
    return refuseEvent(place, { code: 'event.malformed', message: `expected an event object, got ${showJson(value)}` })
  const { type, version } = value
  const check = typeof type === 'string' ? EVENT_CHECKS.get(type) : undefined
  if (check === undefined) return refuseType(value, place)
  if (version !== newestVersionOf(type)) return refuseVersion(value, place)
  if (!check.holds(value)) return refuseField(value, place)
  return value as unknown as BookEvent
}

type Raw = Readonly<Record<string, unknown>>

function refuseType({ type }: Raw, place: EventPlace): never {
  if (typeof type !== 'string')
    return refuseEvent(place, {
      code: 'event.malformed',
      message: `type: expected the name of an event, got ${showJson(type)}`,
    })
  return refuseEvent(place, {
    code: 'event.unknown-type',
    message: `no event is called ${showJson(type)}: a newer program wrote it, or this is not the log of a book; update before reading on`,
  })
}

function refuseVersion({ type, version }: Raw, place: EventPlace): never {
  const newest = newestVersionOf(type) ?? 0
  if (typeof version !== 'number' || !Number.isSafeInteger(version))
    return refuseEvent(place, {
      code: 'event.malformed',
      message: `${String(type)}.version: expected a whole number, got ${showJson(version)}`,
    })
  if (version > newest)
    return refuseEvent(place, {
      code: 'event.newer-version',
      message: `${String(type)} has schema version ${version}, this program reads up to ${newest}: a newer program wrote it; update before reading on`,
    })
  return refuseEvent(place, {
    code: 'event.no-upcast',
    message: `${String(type)} has schema version ${version} and nothing here turns it into version ${newest}: read it with upcast, or with the program that wrote it`,
  })
}

function refuseField(value: Raw, place: EventPlace): never {
  const type = String(value['type'])
  const found = EVENT_CHECKS.get(type)?.find(value, '') ?? null
  if (found === null) return refuseEvent(place, { code: 'event.malformed', message: `${type} is not as it must be` })
  return refuseEvent(place, {
    code: 'event.malformed',
    message: `${type}.${found.field}: expected ${found.expected}, got ${showJson(found.value)}`,
  })
}
