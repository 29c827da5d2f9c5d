import process from 'node:process'
import type { Candle, CandleInterval, CandleSource } from '@tranchebook/adapters'
import { type BookEvent, formatPrice, type TranchebookConfig } from '@tranchebook/core'
import { type CandleRequest, type CandleView, type Dashboard, liveSource, openDashboard } from '@tranchebook/dashboard'
import type { Logger, TrancheManager } from '@tranchebook/manager'
import type { EventStore } from '@tranchebook/store'
import type { Closers } from './closers.js'
import type { Stakes } from './open-venue.js'
import { removeRunningRecord, writeRunningRecord } from './running-record.js'

/** What a page shows, and where it is announced. */
export interface PageSetup {
  readonly manager: TrancheManager
  readonly store: EventStore<BookEvent>
  readonly config: TranchebookConfig
  readonly candles: CandleSource
  readonly stakes: Stakes
  readonly logger: Logger
  /** 0 = any free one. */
  readonly port: number
  /** Where commands look for the process. */
  readonly directory: string
}

const INTERVALS: Readonly<Record<number, CandleInterval>> = {
  60_000: '1m',
  300_000: '5m',
  900_000: '15m',
  3_600_000: '1h',
  14_400_000: '4h',
  86_400_000: '1d',
}

const MOST_CANDLES = 1_500

function viewOf({ openTime, open, high, low, close }: Candle): CandleView {
  const [opened, highest, lowest, closed] = [open, high, low, close].map(formatPrice)
  return { time: openTime, open: opened ?? '', high: highest ?? '', low: lowest ?? '', close: closed ?? '' }
}

function candlesOf(source: CandleSource): (request: CandleRequest) => Promise<readonly CandleView[]> {
  return async ({ symbol, intervalMs, from, to }) => {
    const interval = INTERVALS[intervalMs]
    if (interval === undefined) return []
    const limit = Math.min(MOST_CANDLES, Math.ceil((Date.now() - from) / intervalMs) + 1)
    const candles = await source.fetchCandles(symbol, interval, Math.max(1, limit))
    return candles.filter(({ openTime }) => openTime >= from && openTime <= to).map(viewOf)
  }
}

/** Serves the page and its interface on this machine, and says in a directory where. What it opens, the closers close. */
export async function openPage(setup: PageSetup, closers: Closers): Promise<Dashboard> {
  const { manager, store, config, candles, stakes: badge, logger, port, directory } = setup
  const source = liveSource({ manager, store, config, badge, candles: candlesOf(candles) })
  const page = await openDashboard({ source, port, logger })
  closers.add(async () => page.close())
  await announce({ directory, account: config.account, page }, closers)
  return page
}

/** Says in a directory which process owns the account, with its interface or without. */
export async function announce(
  {
    directory,
    account,
    page,
  }: { readonly directory: string; readonly account: string; readonly page: Dashboard | null },
  closers: Closers,
): Promise<void> {
  const [url, token] = [page?.origin ?? null, page?.token ?? null]
  await writeRunningRecord(directory, { url, token, pid: process.pid, account })
  closers.add(async () => removeRunningRecord(directory, process.pid))
}
