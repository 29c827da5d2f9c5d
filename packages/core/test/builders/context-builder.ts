import type { DecisionContext } from '../../src/book/context.js'
import type { AccountLimits, SymbolConfig } from '../../src/config/symbol-config.js'
import { type Instrument, unknownInstrument } from '../../src/instrument/instrument.js'
import { NO_MONEY, parseMoney } from '../../src/money/money.js'
import { parsePercent } from '../../src/money/percent.js'
import { parsePrice } from '../../src/money/price.js'
import { parseQuantity } from '../../src/money/quantity.js'

/** Every option at its documented default, tp 5 % and sl 2 % at 10x, management on. */
export const PLAIN_CONFIG: SymbolConfig = {
  enableTrancheManagement: true,
  entryMode: 'NEW_TRANCHE',
  trancheIncrementPercent: parsePercent('5'),
  whenFull: 'BLOCK',
  tpPercent: parsePercent('5'),
  slPercent: parsePercent('2'),
  leverage: 10,
  maxTranches: 3,
  maxIsolatedTranches: 2,
  allowTrancheWhileIsolated: true,
  trancheCooldownMs: 0,
  minEntrySpacingPercent: parsePercent('0'),
  minTrancheSize: null,
  maxTrancheSize: null,
  maxPositionSize: null,
  minSignalStrength: null,
  maxPriceAgeMs: 10_000,
  trancheAllocation: 'equal',
  sizingShape: 'EQUAL',
  trancheIsolationThreshold: parsePercent('5'),
  isolationAction: 'HOLD',
  isolationLeverage: 5,
  isolationClosePercent: parsePercent('50'),
  isolatedTrancheMinMargin: null,
  isolationReleasePercent: null,
  trancheAutoCloseIsolated: false,
  trancheRecoveryThreshold: parsePercent('0'),
  maxPositionLoss: null,
  maxTrancheAgeMs: null,
  closingStrategy: 'LIFO',
  isolatedClosing: null,
  enableScaledTakeProfit: false,
  scaledTpDisabledReason: null,
  scaledTpLevels: [],
  scaledTpMinOrderSize: parseQuantity('0'),
  scaledTpFallbackToSingle: true,
  stopLadder: 'BREAKEVEN_THEN_PREVIOUS',
  stopLadderPercent: parsePercent('1'),
  breakevenIncludesFees: false,
  takerFeePercent: parsePercent('0.05'),
  trailingStopPercent: null,
  trailingActivationPercent: null,
  protection: 'PER_TRANCHE',
  slTpStrategy: 'NEWEST',
  combinedIncludesIsolated: false,
  instantTakeProfit: true,
  workingType: 'MARK_PRICE',
  failSafeStop: true,
  driftPolicy: 'ADOPT',
  driftSettleMs: 3000,
  driftTolerancePercent: parsePercent('1'),
  reconcileIntervalMs: 10_000,
  reorderWindowMs: 250,
  absentConfirmMs: 2000,
  maxOrderAttempts: 3,
  breakerFailures: 5,
  buildingWindowMs: 60_000,
  markSampleMs: null,
}

/** Nothing is limited over the account. */
export const NO_LIMITS: AccountLimits = {
  maxTranchesGlobal: null,
  maxActivePositions: null,
  maxDailyTrades: null,
  maxMarginUsed: null,
  equityTolerance: parseMoney('1'),
}

/** BTCUSDT as a futures venue filters it. */
export const BTC: Instrument = {
  ...unknownInstrument('BTCUSDT'),
  tickSize: parsePrice('0.1'),
  stepSize: parseQuantity('0.001'),
  minQuantity: parseQuantity('0.001'),
  maxQuantity: parseQuantity('1000'),
  maxMarketQuantity: parseQuantity('120'),
  minNotional: parseMoney('5'),
}

/** What a test changes of a context; a mark is a decimal text formed at `markTime`. */
export interface ContextChanges {
  readonly config?: Partial<SymbolConfig>
  readonly limits?: Partial<AccountLimits>
  readonly instrument?: Partial<Instrument>
  readonly account?: Partial<DecisionContext['account']>
  readonly rest?: Partial<DecisionContext>
  readonly mark?: string | null
  readonly markTime?: number
}

/** A live book's context: BTCUSDT at 50 000 unless the test says otherwise. */
export function contextOf(changes: ContextChanges = {}): DecisionContext {
  const mark = changes.mark === undefined ? '50000' : changes.mark
  const price = mark === null ? null : parsePrice(mark)
  return {
    config: { ...PLAIN_CONFIG, ...changes.config },
    limits: { ...NO_LIMITS, ...changes.limits },
    instrument: { ...BTC, ...changes.instrument },
    account: { openTranches: 0, activePositions: 0, tradesToday: 0, marginUsed: NO_MONEY, ...changes.account },
    readiness: { isLive: true, reasons: [] },
    sending: 'trade',
    market: price === null ? null : { price, high: price, low: price, time: changes.markTime ?? 0 },
    conditionalRoom: null,
    closingRules: new Map(),
    isLate: false,
    ...changes.rest,
  }
}
