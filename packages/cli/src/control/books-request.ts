import type { DatabaseRequest } from '../database/database-request.js'

/** Where the books are that a command looks at, and which of them. */
export interface BooksRequest extends DatabaseRequest {
  /** Input lines or an event log; `-` for stdin. */
  readonly file?: string
  readonly config?: string
  readonly instruments?: string
  readonly symbol?: string
  readonly account?: string
  /** Version of each book at which to stop. */
  readonly until?: number
}

/** What `tranchebook position list` and `tranchebook tranche list` were asked. */
export interface ListRequest extends BooksRequest {
  /** Also what is flat, or closed. */
  readonly all?: boolean
}

/** What `tranchebook position watch` was asked. */
export interface WatchRequest extends BooksRequest {
  /** Milliseconds between two looks. */
  readonly every?: number
}

/** What `tranchebook log tail` was asked. */
export interface TailRequest extends BooksRequest {
  readonly lines?: number
  readonly follow?: boolean
}

/** What `tranchebook log replay` was asked. */
export interface LogReplayRequest extends BooksRequest {
  /** Decide again with the code of today, and compare. */
  readonly again?: boolean
}

/** What `tranchebook log diff` was asked. */
export interface DiffRequest extends BooksRequest {
  readonly from?: number
  readonly to?: number
}

/** What results are cut by. */
export type ReportCut = 'tranche' | 'entry' | 'exit' | 'cycle' | 'equity'

/** What `tranchebook report` was asked. */
export interface ReportRequest extends BooksRequest {
  readonly by?: ReportCut
  readonly csv?: boolean
}

type Options = Readonly<Record<string, unknown>>

/** Names what the command line has already checked. */
export function parseBooksOptions(
  options: Options,
): ListRequest & WatchRequest & TailRequest & LogReplayRequest & DiffRequest & ReportRequest {
  return options
}
