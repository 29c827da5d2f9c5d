import {
  applyEvent,
  type BookEvent,
  type BookIdentity,
  changeConfig,
  copyBook,
  emptyBook,
  emptyHistory,
  type EventOf,
  formatDay,
  recordEvent,
  type SymbolConfig,
  type TrancheBook,
  type TrancheHistory,
} from '@tranchebook/core'
import { emptyJournal, type OrderJournal, recordOrder } from './order-journal.js'

/** A comparison with the venue, or what came of one. */
export type CheckEvent = EventOf<
  'PositionChecked' | 'DriftDetected' | 'DriftResolved' | 'ConflictDetected' | 'ConflictResolved'
>

/** All that is known of one book after some of its events. */
export interface BookFold {
  readonly book: TrancheBook
  /** As its own commands have changed it. */
  config: SymbolConfig
  readonly history: TrancheHistory
  readonly journal: OrderJournal
  /** The newest, oldest first; at most {@link CHECKS_KEPT}. */
  readonly checks: { readonly version: number; readonly event: CheckEvent }[]
  /** Tranches that have ended, in the order they did. */
  readonly ended: string[]
  /** How many ended on each UTC day, as `2026-01-05`. */
  readonly endedByDay: Map<string, number>
  /** Place in the whole log of its newest event. */
  position: number
  /** Why its log could not be folded further; `null` = it could. */
  fault: string | null
}

/** Comparisons that are kept. */
const CHECKS_KEPT = 100

/** What a fold begins with. */
export interface FoldStart {
  readonly config: SymbolConfig
  /** Closing rules registered besides the built-in ones. */
  readonly closingRules: readonly string[]
}

/** A fold that has seen nothing. */
export function beginFold(identity: BookIdentity, { config }: FoldStart): BookFold {
  const book = emptyBook(identity)
  return {
    book,
    config,
    history: emptyHistory(),
    journal: emptyJournal(),
    checks: [],
    ended: [],
    endedByDay: new Map(),
    position: 0,
    fault: null,
  }
}

/** A copy that shares nothing that can change. */
export function copyFold(fold: BookFold): BookFold {
  const { history, journal, checks, ended, endedByDay, book } = fold
  return { ...fold, book: copyBook(book), ...structuredClone({ history, journal, checks, ended, endedByDay }) }
}

/** Names of closing rules that an old log may name although nobody registers them any more. */
function rulesNamed({ options }: EventOf<'ConfigurationChanged'>, closingRules: readonly string[]): readonly string[] {
  const named = options['closingStrategy']
  return typeof named === 'string' ? [...closingRules, named] : closingRules
}

function isCheck(event: BookEvent): event is CheckEvent {
  switch (event.type) {
    case 'PositionChecked':
    case 'DriftDetected':
    case 'DriftResolved':
    case 'ConflictDetected':
    case 'ConflictResolved':
      return true
    default:
      return false
  }
}

function endedBy(event: BookEvent): readonly string[] {
  if (event.type === 'TrancheClosed' || event.type === 'TrancheLiquidated') return [event.tranche]
  return event.type === 'TrancheMerged' ? event.absorbed : []
}

function noteEnded({ ended, endedByDay }: BookFold, event: BookEvent): void {
  const ids = endedBy(event)
  if (ids.length === 0) return
  ended.push(...ids)
  const day = formatDay(event.time)
  endedByDay.set(day, (endedByDay.get(day) ?? 0) + ids.length)
}

/** Folds one event into everything, in place. */
export function foldEvent(fold: BookFold, event: BookEvent, { closingRules }: Pick<FoldStart, 'closingRules'>): void {
  applyEvent(fold.book, event)
  recordEvent(fold.history, event)
  const { version } = fold.book
  recordOrder(fold.journal, event, version)
  noteEnded(fold, event)
  if (event.type === 'ConfigurationChanged')
    fold.config = changeConfig(fold.config, event.options, { closingRules: rulesNamed(event, closingRules) })
  if (!isCheck(event)) return
  fold.checks.push({ version, event })
  if (fold.checks.length > CHECKS_KEPT) fold.checks.shift()
}
