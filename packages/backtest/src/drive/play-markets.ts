import { absolute, minus } from '@tranchebook/core'
import type { TrancheManager } from '@tranchebook/manager'
import { type Bar, cornersOf, type Exchange, marketOf, movePrice, tellMark } from '@tranchebook/simulator'
import type { BacktestOptions } from '../backtest-options.js'
import { barsInOrder } from '../market/recorded-market.js'
import type { LeapingClock } from './leaping-clock.js'
import { type Settling, turn } from './settling.js'

/** What plays bars to whom. */
export interface Play extends Pick<BacktestOptions, 'markets' | 'strategy' | 'path' | 'heartbeatMs' | 'onProgress'> {
  readonly exchange: Exchange
  readonly clock: LeapingClock
  readonly manager: TrancheManager
  readonly settling: Settling
}

const HEARTBEAT_MS = 4 * 3_600_000
const LAST_CORNER = 3
const BREATH_BARS = 1024

/** Whether prices lie between the last one and the open that were never traded. */
function isGapTo(exchange: Exchange, { symbol, open }: Bar): boolean {
  const { last, rules } = marketOf(exchange, symbol)
  return absolute(minus(open, last)) > rules.instrument.tickSize
}

/** Plays one bar, corner by corner, the first at its beginning and the last at its end; what happens at one is answered before the next. */
async function playCorners({ exchange, clock, settling, path = 'nearest' }: Play, bar: Bar): Promise<void> {
  const { symbol, openTime, durationMs } = bar
  const corners = cornersOf(bar, path)
  for (let corner = 0; corner <= LAST_CORNER; corner += 1) {
    clock.leapTo(openTime + Math.floor(((durationMs - 1) * corner) / LAST_CORNER))
    const to = corners[corner] ?? bar.close
    const isMove = to !== marketOf(exchange, symbol).mark
    if (isMove) movePrice(exchange, { symbol, to, axis: 'both', isGap: corner === 0 && isGapTo(exchange, bar) })
    if (isMove || corner === LAST_CORNER) tellMark(exchange, symbol)
    if (settling.hasNews) await settling.answer()
  }
}

async function ask(play: Play, bar: Bar): Promise<void> {
  const { markets, strategy, manager, clock, settling } = play
  const market = markets.find(({ rules }) => rules.instrument.symbol === bar.symbol)
  if (market === undefined) return
  const entering = strategy.onBar(bar, { manager, rules: market.rules, time: clock.now() })
  if (entering !== undefined) await settling.until(entering)
  if (settling.hasNews) await settling.answer()
}

/** Plays all bars in order to a strategy; gives their number. */
export async function playMarkets(play: Play): Promise<number> {
  const { markets, clock, settling, heartbeatMs = HEARTBEAT_MS, onProgress } = play
  let bars = 0
  let lastBeat = clock.now()
  for (const bar of barsInOrder(markets)) {
    await playCorners(play, bar)
    await ask(play, bar)
    if (clock.now() - lastBeat >= heartbeatMs) {
      lastBeat = clock.now()
      clock.runDue()
      await settling.answer()
    }
    bars += 1
    if (bars % BREATH_BARS !== 0) continue
    await turn()
    onProgress?.(bars)
  }
  return bars
}
