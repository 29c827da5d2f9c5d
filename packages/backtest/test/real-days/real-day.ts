import { parseConfig, type PositionMode, type Protection, type TranchebookConfig } from '@tranchebook/core'
import { ASTER_BEHAVIOUR, BINANCE_BEHAVIOUR } from '@tranchebook/simulator'
import { backtest, type BacktestResult, followDips, rulesForBars } from '../../src/index.js'
import { barsOfDay, type RecordedDay } from './recorded-day.js'

/** How a day is traded. */
export interface Combination {
  readonly protection: Protection
  readonly hasLevels: boolean
  readonly positionMode: PositionMode
  readonly dialect: 'binance' | 'aster'
}

/** Every way a day is traded in. */
export const COMBINATIONS: readonly Combination[] = (['PER_TRANCHE', 'COMBINED'] as const).flatMap((protection) =>
  [false, true].flatMap((hasLevels) =>
    (['HEDGE', 'ONE_WAY'] as const).flatMap((positionMode) =>
      (['binance', 'aster'] as const).map((dialect) => ({ protection, hasLevels, positionMode, dialect })),
    ),
  ),
)

/** What came of one day. */
export interface RealDay extends RecordedDay, Combination {
  readonly bars: number
  readonly events: number
  readonly fills: number
  readonly tranches: number
  readonly isolated: number
  readonly levelsHit: number
  readonly unprotectedMs: number
  /** What does not agree, a sentence each. */
  readonly apart: readonly string[]
}

const LEVELS = [
  { profitPercent: '0.6', closePercent: '40' },
  { profitPercent: '1', closePercent: '30' },
  { profitPercent: '1.6', closePercent: '30' },
]

function configFor({ symbol }: RecordedDay, { protection, hasLevels, positionMode }: Combination): TranchebookConfig {
  const defaults = {
    protection,
    enableScaledTakeProfit: hasLevels,
    scaledTpLevels: LEVELS,
    tpPercent: '1.2',
    slPercent: '2.5',
    trancheIsolationThreshold: '1.5',
    maxTranches: 5,
    maxIsolatedTranches: 3,
  }
  return parseConfig({ positionMode, defaults, symbols: { [symbol]: {} } })
}

function count({ books }: BacktestResult, type: string): number {
  return books.reduce((sum, { events }) => sum + events.filter((event) => event.type === type).length, 0)
}

/** Trades one recorded day in one way, and compares books, venue and log at its end. */
export async function playRealDay(day: RecordedDay, combination: Combination): Promise<RealDay> {
  const bars = barsOfDay(day)
  const result = await backtest({
    markets: [{ rules: rulesForBars(day.symbol, bars), bars }],
    config: configFor(day, combination),
    strategy: followDips({ movePercent: '0.8' }),
    behaviour: combination.dialect === 'aster' ? ASTER_BEHAVIOUR : BINANCE_BEHAVIOUR,
  })
  const apart = result.agreement
    .filter(({ agrees }) => !agrees)
    .map(({ what, books, other }) => `${what}: the books say ${books}, the other side ${other}`)
  return {
    ...day,
    ...combination,
    bars: result.bars,
    events: result.books.reduce((sum, { events }) => sum + events.length, 0),
    fills: count(result, 'FillBooked'),
    tranches: count(result, 'TrancheOpened'),
    isolated: count(result, 'TrancheIsolated'),
    levelsHit: count(result, 'TakeProfitReached'),
    unprotectedMs: result.unprotectedMs,
    apart,
  }
}
