import { parseConfig, type PositionMode, type TranchebookConfig } from '@tranchebook/core'
import { ASTER_BEHAVIOUR, type Behaviour, BINANCE_BEHAVIOUR, createRandom, type Random } from '@tranchebook/simulator'

/** The venues whose ways are simulated. */
export type VenueName = 'binance' | 'aster'

/** How often things go wrong, in cases per thousand. */
export interface Rates {
  readonly write: number
  readonly read: number
  readonly message: number
  readonly store: number
  /** Calls that take time. */
  readonly slow: number
}

/** What one seed plays under. */
export interface Circumstances {
  readonly seed: number
  readonly venue: VenueName
  readonly mode: PositionMode
  readonly symbols: readonly string[]
  readonly behaviour: Behaviour
  readonly config: TranchebookConfig
  readonly rates: Rates
  readonly steps: number
  /** How late late messages and writes come. */
  readonly delayMs: number
  /** How long after it was sent a request may still land, ms: by Binance's window, or until a nonce of Aster expires. */
  readonly acceptWindowMs: number
  /** Whether the venue ends orders of a flat position without a word. */
  readonly hidesVanished: boolean
}

const RECV_WINDOW_MS = 5000
const NONCE_WINDOW_MS = 60_000

type Options = Readonly<Record<string, unknown>>

const LEVELS = [
  { profitPercent: '0.8', closePercent: '40' },
  { profitPercent: '1.6', closePercent: '30' },
  { profitPercent: '2.4', closePercent: '30' },
]

const TARGETS: readonly Options[] = [
  { tpPercent: '2', slPercent: '1.5' },
  { tpPercent: '4', slPercent: '3' },
  { tpPercent: '1', slPercent: '5' },
  { tpPercent: '3', slPercent: '2', enableScaledTakeProfit: true, scaledTpLevels: LEVELS },
  { tpPercent: '3', slPercent: '2', trailingStopPercent: '0.7', trailingActivationPercent: '0.5' },
]

const PROTECTIONS: readonly Options[] = [
  {},
  {},
  { protection: 'COMBINED' },
  { protection: 'COMBINED', combinedIncludesIsolated: true, slTpStrategy: 'BEST_ENTRY' },
  { protection: 'COMBINED', failSafeStop: true, slTpStrategy: 'AVERAGE' },
]

const ENTRIES: readonly Options[] = [
  {},
  {},
  { entryMode: 'AVERAGE_UNTIL_UNDERWATER', trancheIncrementPercent: '1' },
  { entryMode: 'AVERAGE_UNTIL_UNDERWATER', trancheIncrementPercent: '0.5', whenFull: 'MERGE_LEAST_LOSSY' },
]

const ISOLATIONS: readonly Options[] = [
  { trancheIsolationThreshold: '1' },
  { trancheIsolationThreshold: '0.7', isolationAction: 'PARTIAL_CLOSE', isolationClosePercent: '30' },
  { trancheIsolationThreshold: '1', isolationAction: 'REDUCE_LEVERAGE', isolationLeverage: 5 },
  { trancheIsolationThreshold: '0.6', trancheAutoCloseIsolated: true, isolationReleasePercent: '2' },
]

const CLOSING_RULES = ['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA']

const RATES: readonly Rates[] = [
  { write: 0, read: 0, message: 0, store: 0, slow: 300 },
  { write: 100, read: 100, message: 50, store: 50, slow: 300 },
  { write: 200, read: 60, message: 20, store: 20, slow: 500 },
  { write: 30, read: 30, message: 120, store: 120, slow: 200 },
]

/** One of a list. The list must not be empty. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.next(items.length)]
  if (item === undefined) throw new RangeError('expected a list with at least one item')
  return item
}

function drawBehaviour(random: Random, venue: VenueName): Behaviour {
  const usual = venue === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  return {
    ...usual,
    triggerNews: pick(random, ['beforeFills', 'afterFills'] as const),
    accountNewsFirst: random.chance(500),
    reduceOnlyStopsAtFlat: pick(random, ['keep', 'expire'] as const),
    listsTriggered: random.chance(300),
    finishedNamesChild: random.chance(700),
    restingFill: pick(random, ['touch', 'through'] as const),
    maxConditionals: venue === 'binance' && random.chance(100) ? 4 : usual.maxConditionals,
  }
}

/** What a seed plays under: the same for the same seed, and for the venue that is asked for. */
export function drawCircumstances(seed: number, wanted: VenueName | null): Circumstances {
  const random = createRandom(seed)
  const drawn = random.chance(600) ? 'binance' : 'aster'
  const venue = wanted ?? drawn
  const mode = random.chance(500) ? 'HEDGE' : 'ONE_WAY'
  const symbols = random.chance(250) ? ['BTCUSDT', 'ETHUSDT'] : ['BTCUSDT']
  const defaults = {
    maxTranches: 2 + random.next(4),
    maxIsolatedTranches: random.chance(300) ? null : 2,
    maxPriceAgeMs: 8000,
    reconcileIntervalMs: 5000,
    closingStrategy: pick(random, CLOSING_RULES),
    instantTakeProfit: random.chance(700),
    ...pick(random, TARGETS),
    ...pick(random, PROTECTIONS),
    ...pick(random, ENTRIES),
    ...pick(random, ISOLATIONS),
  }
  const options = Object.fromEntries(symbols.map((symbol) => [symbol, {}]))
  return {
    seed,
    venue,
    mode,
    symbols,
    behaviour: drawBehaviour(random, venue),
    config: parseConfig({ positionMode: mode, account: 'main', defaults, symbols: options }),
    rates: pick(random, RATES),
    steps: 20 + random.next(40),
    delayMs: 1 + random.next(2000),
    hidesVanished: random.chance(300),
    acceptWindowMs: venue === 'aster' && random.chance(600) ? NONCE_WINDOW_MS : RECV_WINDOW_MS,
  }
}
