import { type BookEvent, configFor, type TranchebookConfig, unknownInstrument } from '@tranchebook/core'
import type { TrancheManager } from '@tranchebook/manager'
import type { EventStore } from '@tranchebook/store'
import type { ModeBadge } from '../api/account-view.js'
import type { BookPlace } from '../api/paths.js'
import type { Circumstances, DashboardSource, LiveAccount } from './dashboard-source.js'

/** What a live dashboard looks at. */
export interface LiveOptions {
  readonly manager: TrancheManager
  /** The one the manager writes to. */
  readonly store: EventStore<BookEvent>
  readonly config: TranchebookConfig
  readonly badge: Exclude<ModeBadge, 'RECORDED'>
  /** Candles as the venue has them; made of recorded marks and fills where absent. */
  readonly candles?: DashboardSource['candles']
  /** Closing rules registered besides the built-in ones. */
  readonly closingRules?: readonly string[]
}

function numbersOf(metrics: object): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

function liveAccount(manager: TrancheManager, account: string): LiveAccount {
  return {
    account,
    state: () => manager.accountState(),
    symbols: () => manager.symbols,
    metrics: () => numbersOf(manager.metrics),
    command: async (symbol, command) => manager.command(symbol, command),
    repair: async (kind, request) => manager.repair(kind, request),
  }
}

/** A source that shows a running manager, and may command it. */
export function liveSource(options: LiveOptions): DashboardSource {
  const { manager, store, config, badge, candles = null, closingRules = [] } = options
  const circumstancesOf = ({ symbol }: BookPlace): Circumstances => {
    const base = { limits: config.limits, prices: {}, isRunning: true }
    if (!manager.symbols.includes(symbol))
      return { ...base, instrument: unknownInstrument(symbol), mark: null, isHalted: false }
    const { instrument, mark, isHalted } = manager.readMarket(symbol)
    return { ...base, instrument, mark, isHalted }
  }
  return {
    store,
    title: config.account,
    badge,
    live: liveAccount(manager, config.account),
    shows: (account) => account === config.account,
    leftOut: [],
    closingRules,
    now: () => manager.time,
    configOf: ({ symbol }) => configFor(config, symbol),
    circumstancesOf,
    candles,
  }
}
