import {
  type BookReport,
  coverage,
  formatQuantity,
  historyOf,
  positionPhase,
  type PositionPhase,
  reportBook,
  stateHash,
  streamOf,
  type TrancheHistory,
} from '@tranchebook/core'
import { viewPointOf } from '../run/report-replay.js'
import type { PlayedBook } from '../run/run-recording.js'
import { configOf, instrumentOf, type LoadedBooks } from './loaded-books.js'
import type { Shield } from './shield.js'

type GroupReport = BookReport['groups'][number]

/** A group, the book it belongs to, and its shield. */
export interface ReportedPosition {
  readonly book: BookReport
  readonly group: GroupReport
  readonly phase: PositionPhase
  /** `null` = nothing is open, or nobody sent orders for it. */
  readonly shield: Shield | null
}

/** A book that was loaded and everything it says. */
export interface ReportedBook {
  readonly played: PlayedBook
  readonly history: TrancheHistory
  readonly positions: readonly ReportedPosition[]
}

function shieldOf(played: PlayedBook, group: GroupReport, loaded: LoadedBooks): Shield | null {
  const { rules, isTraded, now, shields } = loaded
  const { book } = played
  if (!isTraded || book.groups[group.side].quantity === 0n) return null
  const told = shields?.get(`${streamOf(book)} ${group.side}`)
  if (told !== undefined) return told
  const config = configOf(played, rules)
  const cover = coverage(book, group.side, { config, instrument: instrumentOf(played, rules) })
  const uncovered = cover.uncovered.map(({ tranche, quantity }) => ({ tranche, quantity: formatQuantity(quantity) }))
  const since = cover.protected ? null : book.unprotectedSince
  return { protected: cover.protected, uncovered, unprotectedMs: since === null ? null : (now ?? book.time) - since }
}

function reportOne(played: PlayedBook, loaded: LoadedBooks): ReportedBook {
  const history = historyOf(played.events)
  const at = viewPointOf(played, loaded.rules)
  const book = reportBook(played.book, { history, stateHash: stateHash(played.book), at })
  const config = configOf(played, loaded.rules)
  const now = loaded.now ?? played.book.time
  const positions = book.groups.map((group) => ({
    book,
    group,
    phase: positionPhase(played.book, { side: group.side, now, config }),
    shield: shieldOf(played, group, loaded),
  }))
  return { played, history, positions }
}

/** Everything that loaded books say, book by book. */
export function reportBooks(loaded: LoadedBooks): readonly ReportedBook[] {
  return loaded.played.books.map((played) => reportOne(played, loaded))
}
