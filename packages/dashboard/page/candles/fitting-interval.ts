import { CANDLE_INTERVALS, type BookView } from '../../src/api/index.js'

const MOST_CANDLES = 90

/** The interval in which the open tranches, or the last closed ones, fit. */
export function fittingInterval({ groups, closedDays, time, markTime }: BookView): number {
  const open = groups.flatMap(({ tranches }) => tranches)
  const rows = open.length > 0 ? open : closedDays.slice(0, 1).flatMap(({ tranches }) => tranches)
  const span = Math.max(time, markTime ?? 0) - Math.min(time, ...rows.map(({ entryTime }) => entryTime))
  return CANDLE_INTERVALS.find((ms) => span / ms <= MOST_CANDLES) ?? 86_400_000
}
