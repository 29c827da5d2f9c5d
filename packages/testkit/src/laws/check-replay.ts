import {
  applyEvent,
  type BookEvent,
  type BookOpened,
  canonicalJson,
  copyBook,
  emptyBook,
  evolve,
  evolveAll,
  replay,
  stateHash,
  type TrancheBook,
} from '@tranchebook/core'
import { parseEvents } from '../lines/parse-events.js'
import { LawError, mustHold } from './law-error.js'

function openingOf(events: readonly BookEvent[]): BookOpened {
  const [first] = events
  if (first?.type === 'BookOpened') return first
  throw new LawError('a log begins with BookOpened', `got ${first?.type ?? 'no event'}`)
}

/** Folds in chunks of growing size, each chunk on a copy. */
function foldInBatches(start: TrancheBook, events: readonly BookEvent[]): TrancheBook {
  let book = start
  for (let from = 0, size = 1; from < events.length; from += size, size += 1) {
    book = evolveAll(book, events.slice(from, from + size))
  }
  return book
}

function foldOneByOne(start: TrancheBook, events: readonly BookEvent[]): TrancheBook {
  return events.reduce(evolve, start)
}

/** Folds the first half, takes a copy as a snapshot would, folds the rest into it. */
function foldFromSnapshot(events: readonly BookEvent[]): TrancheBook {
  const half = Math.max(1, Math.floor(events.length / 2))
  return replay(events.slice(half), copyBook(replay(events.slice(0, half))))
}

function checkVersions(start: TrancheBook, events: readonly BookEvent[]): void {
  const book = copyBook(start)
  for (const [index, event] of events.entries()) {
    applyEvent(book, event)
    mustHold(
      book.version === index + 1,
      'every event is one version',
      () => `event ${index} gave version ${book.version}`,
    )
  }
}

/**
 * Folds a log in every way there is: at once, twice, in batches, one immutable step after another, from a snapshot, from its own
 * JSON. All must give the same state, byte for byte, one version an event; the events are left as they were.
 *
 * @throws {LawError} `testkit.law-broken`, naming the way that differs
 */
export function checkReplay(events: readonly BookEvent[]): void {
  const text = JSON.stringify(events)
  const start = emptyBook(openingOf(events))
  const ways: readonly (readonly [string, TrancheBook])[] = [
    ['a second fold', replay(events)],
    ['batches', foldInBatches(start, events)],
    ['one immutable step after another', foldOneByOne(start, events)],
    ['a snapshot and what came after it', foldFromSnapshot(events)],
    ['the log read back from its JSON', replay(parseEvents(text))],
  ]
  const expected = replay(events)
  for (const [way, book] of ways) {
    const isSame = stateHash(book) === stateHash(expected) && canonicalJson(book) === canonicalJson(expected)
    mustHold(isSame, 'every way to fold a log gives the same state', () => `${way} differs`)
  }
  checkVersions(start, events)
  mustHold(JSON.stringify(events) === text, 'folding leaves the events as they were', () => 'an event changed')
}
