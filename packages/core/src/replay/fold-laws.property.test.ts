import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../test/law-runs.js'
import { randomLogs, randomRuns } from '../../test/random-runs.js'
import { emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { copyBook, evolveAll } from '../evolve/copy-book.js'
import { applyEvent, evolve } from '../evolve/evolve.js'
import { canonicalJson } from './canonical-json.js'
import { identityOf, replay } from './replay-events.js'
import { runInputs } from './run-inputs.js'
import { loadSnapshot, saveSnapshot } from './snapshot.js'
import { stateHash } from './state-hash.js'

function begin(events: readonly BookEvent[]): TrancheBook {
  return emptyBook(identityOf(events[0]))
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  const inside = value instanceof Map ? [...value.values()] : Object.values(value)
  inside.forEach(freeze)
  return Object.freeze(value)
}

describe('one log, every way to fold it', () => {
  it('gives the state that the run itself ended in', () => {
    fc.assert(
      fc.property(randomRuns(), ({ inputs, options }) => {
        for (const { book, events } of runInputs(inputs, options).books)
          if (events.length > 0) {
            expect(replay(events)).toEqual(book)
            expect(stateHash(replay(events))).toBe(stateHash(book))
          }
      }),
      LAW,
    )
  })

  it('gives one state: event by event, on drafts, in batches, and after a trip through JSON', () => {
    fc.assert(
      fc.property(randomLogs(), fc.integer({ min: 1, max: 7 }), (events, batch) => {
        const plain = replay(events)
        let produced = begin(events)
        for (const event of events) produced = evolve(produced, event)
        let batched = begin(events)
        for (let at = 0; at < events.length; at += batch) batched = evolveAll(batched, events.slice(at, at + batch))
        const stored = replay(JSON.parse(JSON.stringify(events)) as BookEvent[])
        for (const book of [produced, batched, stored]) {
          expect(book).toEqual(plain)
          expect(stateHash(book)).toBe(stateHash(plain))
        }
      }),
      LAW,
    )
  })

  it('gives the same state from a snapshot and its tail, at every cut', () => {
    fc.assert(
      fc.property(randomLogs(25), (events) => {
        const whole = replay(events)
        const book = begin(events)
        for (const [index, event] of events.entries()) {
          applyEvent(book, event)
          const loaded = loadSnapshot(JSON.parse(JSON.stringify(saveSnapshot(book))))
          if (!loaded.isUsable) throw new Error(loaded.message)
          expect(loaded.book).toEqual(book)
          const resumed = replay(events.slice(index + 1), loaded.book)
          expect(stateHash(resumed)).toBe(stateHash(whole))
          expect(JSON.stringify(saveSnapshot(resumed))).toBe(JSON.stringify(saveSnapshot(whole)))
        }
      }),
      LAW,
    )
  })

  it('leaves a frozen book, and frozen events, as they are', () => {
    fc.assert(
      fc.property(randomLogs(), fc.nat(), (events, cut) => {
        const at = cut % events.length
        const before = freeze(replay(events.slice(0, at + 1)))
        const text = canonicalJson(before)
        const tail = freeze(events.slice(at + 1))
        const hashes = [replay(tail, before), evolveAll(before, tail), tail.reduce(evolve, copyBook(before))].map(
          stateHash,
        )
        expect(new Set(hashes).size).toBe(1)
        expect(canonicalJson(before)).toBe(text)
      }),
      LAW,
    )
  })
})
