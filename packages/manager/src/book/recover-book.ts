import {
  type BookEvent,
  type BookIdentity,
  changeConfig,
  emptyBook,
  InvariantError,
  loadSnapshot,
  SNAPSHOT_SCHEMA,
  saveSnapshot,
  streamOf,
  type SymbolConfig,
  type TrancheBook,
} from '@tranchebook/core'
import type { EventStore, Snapshot } from '@tranchebook/store'
import type { BookAndConfig, FoldSetup } from './book-state.js'

/** Options as commands have set them, in order: a snapshot of a book does not hold them. */
export type OptionChanges = readonly Readonly<Record<string, unknown>>[]

/** A book as the log has it. */
export interface RecoveredBook extends BookAndConfig {
  readonly changes: OptionChanges
  /** Events read beyond the snapshot. */
  readonly tail: number
  /** Why the log does not fold beyond this version; `null` = all of it does. */
  readonly failure: InvariantError | null
}

/** What a book is recovered with. */
export interface RecoverSetup extends FoldSetup {
  readonly identity: BookIdentity
  /** As configured, before the book's own commands. */
  readonly config: SymbolConfig
}

/** Names the shape of what is kept: another one is not read. */
const SCHEMA = `tranchebook/manager/1+${SNAPSHOT_SCHEMA}`

interface Started {
  readonly book: TrancheBook
  readonly changes: OptionChanges
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `null` = it cannot be used; the log is read from its beginning then. */
function parseKept(state: string): Started | null {
  const kept = parseJson(state)
  if (!isRecord(kept) || !Array.isArray(kept['changes'])) return null
  const loaded = loadSnapshot(kept['book'])
  const changes = kept['changes'].filter(isRecord)
  return loaded.isUsable && changes.length === kept['changes'].length ? { book: loaded.book, changes } : null
}

async function start(store: EventStore<BookEvent>, identity: BookIdentity): Promise<Started> {
  const snapshot = await store.loadSnapshot(streamOf(identity), SCHEMA)
  const kept = snapshot === null ? null : parseKept(snapshot.state)
  return kept ?? { book: emptyBook(identity), changes: [] }
}

/**
 * Reads a book: its snapshot where one can be used, then what came after it, up to an event that does not fit. A stream that does not
 * exist is an empty book.
 */
export async function recoverBook(store: EventStore<BookEvent>, setup: RecoverSetup): Promise<RecoveredBook> {
  const { book, changes: before } = await start(store, setup.identity)
  const changes = [...before]
  const from = book.version
  let failure: InvariantError | null = null
  const take = (event: BookEvent): void => {
    setup.rules.applyEvent(book, event)
    if (event.type === 'ConfigurationChanged') changes.push(event.options)
  }
  try {
    for await (const events of store.replay(streamOf(setup.identity), { after: from }))
      for (const event of events) take(event)
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error
    failure = error
  }
  const config = changes.reduce((known, options) => changeConfig(known, options, setup.known), setup.config)
  return { book, config, changes, tail: book.version - from, failure }
}

/** What is kept of a book, so that the next start reads only the tail. */
export function keepBook(book: TrancheBook, changes: OptionChanges): Snapshot {
  const state = JSON.stringify({ book: saveSnapshot(book), changes })
  return { stream: streamOf(book), version: book.version, schema: SCHEMA, state }
}
