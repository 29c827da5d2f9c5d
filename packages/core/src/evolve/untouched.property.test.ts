import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { randomLogs } from '../../test/random-runs.js'
import type { BookEvent } from '../book/events.js'
import { canonicalJson } from '../replay/canonical-json.js'
import { replay } from '../replay/replay-events.js'
import { copyBook } from './copy-book.js'
import { applyEvent, evolve } from './evolve.js'

type Json = Readonly<Record<string, unknown>>

/** What a damaged or foreign log may hold in any place. */
const damages = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  'T99',
  '-1',
  '1e3',
  '0',
  '999999',
  7,
  -1,
  [],
  {},
  [null],
  [{}],
)

/** Every place of an event, nested ones too, as a path of names. */
function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([name, entry]) => placesOf(entry, [...path, name]))
  return path.length === 0 ? inside : [path, ...inside]
}

function put(value: unknown, [name, ...rest]: readonly string[], damage: unknown): unknown {
  if (name === undefined) return damage
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => (String(index) === name ? put(entry, rest, damage) : entry))
  return { ...(value as Json), [name]: put((value as Json)[name], rest, damage) }
}

/** Applies an event that may not fit. True = it was refused, and the book is byte for byte what it was. */
function isRefusedWhole(events: readonly BookEvent[], event: BookEvent): boolean {
  const book = replay(events)
  const before = canonicalJson(book)
  const frozen = copyBook(book)
  let isRefused = false
  try {
    applyEvent(book, event)
  } catch {
    isRefused = true
    expect(canonicalJson(book)).toBe(before)
    expect(() => evolve(frozen, event)).toThrow(Error)
    expect(canonicalJson(frozen)).toBe(before)
  }
  return isRefused
}

describe('a recipe checks first and writes last', () => {
  it('leaves the book as it was when any place of any event is damaged and the event refused', () => {
    fc.assert(
      fc.property(randomLogs(30), fc.nat(), fc.nat(), damages, (events, at, where, damage) => {
        const index = 1 + (at % Math.max(1, events.length - 1))
        const event = events[index]
        if (event === undefined) return
        const places = placesOf(event).filter(([first]) => first !== 'type' && first !== 'version')
        const place = places[where % places.length] ?? []
        isRefusedWhole(events.slice(0, index), put(event, place, damage) as BookEvent)
      }),
      { numRuns: LAW.numRuns * 5 },
    )
  })

  it('leaves the book as it was when an event comes that belongs to another time', () => {
    fc.assert(
      fc.property(randomLogs(30), fc.nat(), fc.nat(), (events, first, second) => {
        const event = events[first % events.length]
        if (event !== undefined && event.type !== 'BookOpened')
          isRefusedWhole(events.slice(0, 1 + (second % events.length)), event)
      }),
      LAW,
    )
  })
})
