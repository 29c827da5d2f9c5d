import { isConditional } from '@tranchebook/adapters'
import {
  areFiltersUnreadable,
  configFor,
  formatMoney,
  formatQuantity,
  type Instrument,
  type Money,
  NO_MONEY,
  notional,
  type Price,
  type SymbolConfig,
} from '@tranchebook/core'
import type { Finding, FindingLevel, RepairSetup } from './repair-setup.js'

/** Tranches of both sides that may be open at once, and so the stops that may have to rest. */
function mostStops({
  maxTranches,
  maxIsolatedTranches,
  protection,
  slPercent,
  failSafeStop,
}: SymbolConfig): number | null {
  if (slPercent === null) return 0
  if (protection === 'COMBINED') return failSafeStop ? 6 : 4
  if (maxIsolatedTranches === null) return null
  return 2 * (maxTranches + maxIsolatedTranches)
}

type Said = readonly [level: FindingLevel, code: string, message: string]

function found(symbol: string | null, ...[level, code, message]: Said): Finding {
  return { level, code, symbol, message }
}

function smallestOrder({ minNotional, minQuantity }: Instrument, mark: Price | null): Money {
  const byQuantity = mark === null ? NO_MONEY : notional(mark, minQuantity)
  return minNotional > byQuantity ? minNotional : byQuantity
}

function checkFilters(instrument: Instrument, config: SymbolConfig, mark: Price | null): readonly Finding[] {
  const { symbol } = instrument
  if (areFiltersUnreadable(instrument))
    return [
      found(
        symbol,
        'problem',
        'filters',
        `${symbol}: the venue's filters of it cannot be read; entries would be refused`,
      ),
    ]
  if (!instrument.isTrading)
    return [found(symbol, 'problem', 'notTrading', `${symbol}: the venue has suspended it; entries would be refused`)]
  const smallest = smallestOrder(instrument, mark)
  const text = `smallest order ${formatMoney(smallest)} ${instrument.quoteAsset}, step ${formatQuantity(instrument.stepSize)}`
  if (config.maxTrancheSize !== null && config.maxTrancheSize < smallest)
    return [
      found(
        symbol,
        'problem',
        'filters',
        `${symbol}: maxTrancheSize ${formatMoney(config.maxTrancheSize)} is below the venue's ${text}; raise it`,
      ),
    ]
  if (config.enableScaledTakeProfit && config.maxTrancheSize !== null && config.maxTrancheSize < smallest * 2n)
    return [
      found(
        symbol,
        'warning',
        'filters',
        `${symbol}: tranches of ${formatMoney(config.maxTrancheSize)} are too small to be closed in parts (${text}); levels will be put together`,
      ),
    ]
  return [found(symbol, 'fine', 'filters', `${symbol}: ${text}`)]
}

function checkRoomOf({ symbol, maxConditionalOrders }: Instrument, config: SymbolConfig): readonly Finding[] {
  const most = mostStops(config)
  if (maxConditionalOrders === null || (most !== null && most <= maxConditionalOrders)) return []
  const wanted = most === null ? 'any number of' : most.toString()
  const message = `${symbol}: ${wanted} stops may be wanted, the venue has room for ${maxConditionalOrders}; stops will be combined when it gets tight (lower maxTranches or maxIsolatedTranches to avoid that)`
  return [found(symbol, 'warning', 'room', message)]
}

async function checkRoomOfAccount(setup: RepairSetup, configs: readonly SymbolConfig[]): Promise<readonly Finding[]> {
  const { maxConditionalOrders } = setup.venue.capabilities
  if (maxConditionalOrders === null) return []
  const resting = (await setup.venue.fetchOpenOrders(null)).filter(
    ({ orderType }) => orderType === null || isConditional(orderType),
  ).length
  const wanted = configs.reduce((sum, config) => sum + (mostStops(config) ?? maxConditionalOrders + 1), 0)
  const text = `${wanted > maxConditionalOrders ? `up to ${wanted}` : wanted} stops may be wanted, the account has room for ${maxConditionalOrders} (${resting} rest now)`
  if (resting >= maxConditionalOrders)
    return [
      found(
        null,
        'problem',
        'room',
        `${text}: no further stop can be placed; cancel conditional orders that nobody needs`,
      ),
    ]
  return [found(null, wanted > maxConditionalOrders ? 'warning' : 'fine', 'room', text)]
}

/** Whether what is configured can be sent, and whether its stops find room. */
export async function checkSymbols(setup: RepairSetup, names: readonly string[]): Promise<readonly Finding[]> {
  const { venue, config } = setup
  const instruments = new Map((await venue.fetchInstruments()).map((instrument) => [instrument.symbol, instrument]))
  const positions = await venue.fetchPositions(names.filter((symbol) => instruments.has(symbol)))
  const each = names.flatMap((symbol) => {
    const instrument = instruments.get(symbol)
    const message = `${symbol}: the venue does not list it; correct its spelling in the configuration`
    if (instrument === undefined) return [found(symbol, 'problem', 'symbolNotListed', message)]
    const mark = positions.find((position) => position.symbol === symbol)?.markPrice ?? null
    const own = configFor(config, symbol)
    return [...checkFilters(instrument, own, mark), ...checkRoomOf(instrument, own)]
  })
  const configs = names.map((symbol) => configFor(config, symbol))
  return [...each, ...(await checkRoomOfAccount(setup, configs))]
}
