import {
  applyEvent,
  type BookEvent,
  emptyBook,
  loadSnapshot,
  saveSnapshot,
  SNAPSHOT_SCHEMA,
  stateHash,
  type TrancheBook,
} from '@tranchebook/core'
import type { SqlStore } from '../src/sql/sql-store.js'

type Store = SqlStore<BookEvent>

/** An empty book of a benchmark. Its account does not matter: it is not part of the events. */
export function newBook(account: string): TrancheBook {
  return emptyBook({ account, symbol: 'BTCUSDT', positionMode: 'HEDGE' })
}

/** A book that events are folded into. */
export function foldedBook(account: string, events: readonly BookEvent[]): TrancheBook {
  const book = newBook(account)
  for (const event of events) applyEvent(book, event)
  return book
}

/** Folds the events of a stream after a version into a book. */
export async function replayInto(book: TrancheBook, store: Store, stream: string): Promise<TrancheBook> {
  for await (const events of store.replay(stream, { after: book.version })) {
    for (const event of events) applyEvent(book, event)
  }
  return book
}

/** Keeps a snapshot of a book; gives its size in characters. */
export async function keepSnapshot(store: Store, stream: string, book: TrancheBook): Promise<number> {
  const snapshot = saveSnapshot(book)
  const state = JSON.stringify(snapshot)
  await store.saveSnapshot({ stream, version: snapshot.version, schema: SNAPSHOT_SCHEMA, state })
  return state.length
}

/** What a start does: snapshot and tail. @throws {Error} where the state is not the one with this hash */
export async function restart(store: Store, stream: string, hash: string): Promise<void> {
  const kept = await store.loadSnapshot(stream, SNAPSHOT_SCHEMA)
  const loaded = kept === null ? null : loadSnapshot(JSON.parse(kept.state))
  if (loaded?.isUsable !== true) throw new Error(`the snapshot of ${stream} is of no use`)
  const book = await replayInto(loaded.book, store, stream)
  if (stateHash(book) !== hash) throw new Error(`${stream} restarts with another state`)
}
