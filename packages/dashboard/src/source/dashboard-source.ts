import type {
  AccountLimits,
  BookEvent,
  CommandInput,
  Instrument,
  Price,
  RepairKind,
  SymbolConfig,
} from '@tranchebook/core'
import type { AccountState, CommandAnswer, RepairRequest, RepairResult } from '@tranchebook/manager'
import type { EventStore } from '@tranchebook/store'
import type { ModeBadge } from '../api/account-view.js'
import type { CandleRequest, CandleView } from '../api/candle-view.js'
import type { BookPlace } from '../api/paths.js'

/** What a book is looked at with. */
export interface Circumstances {
  readonly limits: AccountLimits
  readonly instrument: Instrument
  /** Newest mark, recorded or not; `null` = only the log knows. */
  readonly mark: { readonly price: Price; readonly time: number } | null
  /** Quote per unit of other assets that fees are paid in. */
  readonly prices: Readonly<Record<string, Price>>
  /** True where somebody runs who would protect it. */
  readonly isRunning: boolean
  /** True once the manager has given the book up. */
  readonly isHalted: boolean
}

/** Commands of the core by name, without who asked. */
export type CommandFields = Readonly<Record<string, unknown>> & {
  readonly command: Exclude<CommandInput['command'], 'repair' | 'takeOver'>
}

/** The running side of an account. */
export interface LiveAccount {
  readonly account: string
  state(): AccountState
  /** Symbols that commands can name. */
  symbols(): readonly string[]
  /** Figures since the start, by name; durations are ms. */
  metrics(): Readonly<Record<string, number>>
  command(symbol: string, command: CommandFields): Promise<CommandAnswer>
  /** Compares with the venue and mends, or says what that would do. @throws {VenueError} where the venue could not be asked */
  repair(kind: RepairKind, request: RepairRequest): Promise<RepairResult>
}

/** A book of a recording that is not in its log here, since what was recorded of it does not fold. */
export interface LeftOutBook {
  readonly symbol: string
  /** Names the book and what is wrong, without a full stop. */
  readonly why: string
}

/** Where a dashboard's figures come from: a log, and whoever runs on it. */
export interface DashboardSource {
  readonly store: EventStore<BookEvent>
  /** The account's name, or what recording is looked at. */
  readonly title: string
  readonly badge: ModeBadge
  /** `null` = nobody runs: a log is looked at. */
  readonly live: LiveAccount | null
  /** Whether books of an account belong here: several may share a log. */
  shows(account: string): boolean
  /** Books that the recording has and the log has not. */
  readonly leftOut: readonly LeftOutBook[]
  /** Closing rules registered besides the built-in ones. */
  readonly closingRules: readonly string[]
  /** The venue's time now, epoch ms; `null` = the log's newest event is now. */
  now(): number | null
  /** A symbol's options as configured, before the book's own commands changed them. */
  configOf(book: BookPlace): SymbolConfig
  circumstancesOf(book: BookPlace): Circumstances
  /** `null` = candles are made of what the log recorded. */
  readonly candles: ((request: CandleRequest) => Promise<readonly CandleView[]>) | null
}
