import type { TrancheBook } from '../book/book.js'
import { InputError } from '../errors.js'
import { bookShape } from './shape/book-shape.js'
import { isRecord, type JsonRecord, showJson } from './shape/json.js'
import { stateHash } from './state-hash.js'

/** Names the shape of the state. A change of any field of the book needs a new number: older snapshots are then refused, not guessed at. */
export const SNAPSHOT_SCHEMA = 'tranchebook/snapshot/3'

/** A book as plain JSON: exact numbers as decimal text, maps as lists of pairs. */
export interface BookSnapshot {
  readonly schema: string
  /** Events folded into it: the tail begins with the next one. */
  readonly version: number
  /** Of the book it was taken from. */
  readonly stateHash: string
  readonly book: JsonRecord
}

/** A snapshot is only a cache. One that cannot be used is refused with a reason, and the log is replayed from its beginning. */
export type LoadedSnapshot =
  | { readonly isUsable: true; readonly book: TrancheBook }
  | { readonly isUsable: false; readonly code: SnapshotRefusal; readonly message: string }

/** Why a snapshot cannot be used. */
export type SnapshotRefusal = 'notASnapshot' | 'otherSchema' | 'malformedState' | 'otherHash'

/** Writes a book as plain JSON, with the schema and the hash that {@link loadSnapshot} holds it against. */
export function saveSnapshot(book: TrancheBook): BookSnapshot {
  return { schema: SNAPSHOT_SCHEMA, version: book.version, stateHash: stateHash(book), book: bookShape.save(book) }
}

function refuse(code: SnapshotRefusal, message: string): LoadedSnapshot {
  return { isUsable: false, code, message: `${message}; replay the log from its beginning` }
}

function loadBook(json: unknown): TrancheBook | InputError {
  try {
    return bookShape.load(json, '')
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

/** Reads a snapshot back into a book that the caller owns, or says why it cannot be trusted. Never throws for what it is given. */
export function loadSnapshot(json: unknown): LoadedSnapshot {
  if (!isRecord(json)) return refuse('notASnapshot', `expected a snapshot object, got ${showJson(json)}`)
  if (json['schema'] !== SNAPSHOT_SCHEMA)
    return refuse('otherSchema', `expected schema ${SNAPSHOT_SCHEMA}, got ${showJson(json['schema'])}`)
  const book = loadBook(json['book'])
  if (book instanceof InputError) return refuse('malformedState', book.message)
  const hash = stateHash(book)
  if (hash === json['stateHash'] && book.version === json['version']) return { isUsable: true, book }
  return refuse(
    'otherHash',
    `expected the state of version ${showJson(json['version'])} with hash ${showJson(json['stateHash'])}, got version ${book.version} with hash ${hash}`,
  )
}
