import { InputError } from '../../errors.js'

/** Where in the store an event stands, for messages. */
export interface EventPlace {
  /** `account/symbol`. */
  readonly stream: string
  /** The stream's version that it makes, from 1. */
  readonly version: number
}

/** What is wrong with a stored event. */
export interface EventFault {
  readonly code: 'event.malformed' | 'event.unknown-type' | 'event.newer-version' | 'event.no-upcast'
  readonly message: string
}

/** Throws: which event of which stream, and what is wrong with it. */
export function refuseEvent(place: EventPlace, { code, message }: EventFault): never {
  throw new InputError(code, `${place.stream} at version ${place.version}: ${message}`, { details: { ...place } })
}
