import type { DecisionContext } from '../../src/book/context.js'
import { DEFAULT_CONFIG, DEFAULT_LIMITS } from '../../src/config/default-config.js'
import type { AccountLimits, SymbolConfig } from '../../src/config/symbol-config.js'
import { type Instrument, unknownInstrument } from '../../src/instrument/instrument.js'
import { NO_MONEY, parseMoney } from '../../src/money/money.js'
import { parsePrice } from '../../src/money/price.js'
import { parseQuantity } from '../../src/money/quantity.js'

/** The defaults: tp 5 % and sl 2 % at 10x. */
export const PLAIN_CONFIG: SymbolConfig = { ...DEFAULT_CONFIG, maxPriceAgeMs: 10_000 }

/** Nothing is limited over the account. */
export const NO_LIMITS: AccountLimits = DEFAULT_LIMITS

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
