import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { PositionMode } from '../config/symbol-config.js'
import type { Side } from '../book/tranche.js'
import type { GroupView } from './group-view.js'
import { presentGroup } from './present-group.js'
import { presentAmounts } from './present-tranche.js'
import { AS_TEXT } from './presentation.js'
import type { TrancheHistory, TrancheRecord } from './tranche-record.js'
import type { ViewPoint } from './tranche-view.js'

/** One book of `tranchebook replay --json`: decimals are plain text, unknown is `null`. */
export interface BookReport {
  readonly account: string
  readonly symbol: string
  /** Events applied. */
  readonly version: number
  readonly stateHash: string
  /** LONG first; a side that nothing ever happened on is left out. */
  readonly groups: readonly GroupView<string>[]
  readonly positionMode: PositionMode
  /** Time of the newest event, epoch ms. */
  readonly time: number
  readonly quoteAsset: string
  /** Funding that came while nothing was open. */
  readonly unallocatedFunding: Readonly<Record<string, string>>
  readonly conflict: string | null
}

/** What a report needs besides the book. */
export interface ReportRequest {
  readonly history: TrancheHistory
  readonly stateHash: string
  readonly at: ViewPoint
}

function recordsOf({ tranches }: TrancheHistory, side: Side): readonly TrancheRecord[] {
  return [...tranches.values()].filter((record) => record.side === side)
}

/** Whether the venue holds, or last said it holds, something on this side that the book does not know. */
function isReported(book: TrancheBook, side: Side): boolean {
  const quantity = book.checks[positionSideOf(book, side)]?.quantity ?? 0n
  return book.positionMode === 'HEDGE' || side === 'LONG' ? quantity > 0n : quantity < 0n
}

function isUsed(book: TrancheBook, side: Side, records: readonly TrancheRecord[]): boolean {
  const { quantity, unmatched, realizedPnl } = book.groups[side]
  return records.length > 0 || quantity > 0n || unmatched.length > 0 || realizedPnl !== 0n || isReported(book, side)
}

/** Everything a book and its history say, as plain JSON with closed tranches included. */
export function reportBook(book: TrancheBook, { history, stateHash, at }: ReportRequest): BookReport {
  const { account, symbol, version, positionMode, time, conflict } = book
  const groups = (['LONG', 'SHORT'] as const).flatMap((side) => {
    const records = recordsOf(history, side)
    return isUsed(book, side, records) ? [presentGroup(book, at, { side, present: AS_TEXT, records })] : []
  })
  const unallocatedFunding = presentAmounts(book.unallocatedFunding, AS_TEXT)
  return {
    account,
    symbol,
    version,
    stateHash,
    groups,
    positionMode,
    time,
    quoteAsset: at.quoteAsset,
    unallocatedFunding,
    conflict,
  }
}
