import {
  type BookEvent,
  configFor,
  type Instrument,
  type ObservedMark,
  parseConfig,
  type TranchebookConfig,
  unknownInstrument,
} from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import type { DashboardSource, LeftOutBook } from './dashboard-source.js'

/** What a dashboard of a recording looks at. */
export interface RecordedOptions {
  readonly store: EventStore<BookEvent>
  /** Name of the recording. */
  readonly title: string
  readonly config?: TranchebookConfig
  readonly instruments?: ReadonlyMap<string, Instrument>
  /** Newest marks by stream, of books whose log has an older one or none. */
  readonly marks?: ReadonlyMap<string, ObservedMark>
  /** Books of the recording that `store` lacks: the page says so. */
  readonly leftOut?: readonly LeftOutBook[]
  /** Candles of those days, where there are any. */
  readonly candles?: DashboardSource['candles']
  /** Closing rules registered besides the built-in ones. */
  readonly closingRules?: readonly string[]
}

/** A source that shows a log, of a file or of a store that nobody writes to. It can be looked at only. */
export function recordedSource(options: RecordedOptions): DashboardSource {
  const { store, title, config = parseConfig({}), instruments, marks } = options
  const { leftOut = [], candles = null, closingRules = [] } = options
  return {
    store,
    title,
    badge: 'RECORDED',
    live: null,
    shows: () => true,
    leftOut,
    closingRules,
    now: () => null,
    configOf: ({ symbol }) => configFor(config, symbol),
    circumstancesOf: ({ account, symbol }) => ({
      limits: config.limits,
      instrument: instruments?.get(symbol) ?? unknownInstrument(symbol),
      mark: marks?.get(`${account}/${symbol}`) ?? null,
      prices: {},
      isRunning: false,
      isHalted: false,
    }),
    candles,
  }
}
