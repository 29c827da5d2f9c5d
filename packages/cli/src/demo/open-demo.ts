import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@tranchebook/adapters'
import { checkAgreement, type Comparison } from '@tranchebook/backtest'
import { type BookEvent, parseMoney, type TranchebookConfig } from '@tranchebook/core'
import type { Logger, TrancheManager } from '@tranchebook/manager'
import type { SqlStore } from '@tranchebook/store'
import { Closers } from '../process/closers.js'
import { logToFile } from '../process/log-to-file.js'
import { openPage } from '../process/open-page.js'
import { openLog, startManager } from '../process/start-manager.js'
import { DEMO_ACCOUNT, demoConfig } from './demo-config.js'
import type { DemoMarket } from './demo-market.js'
import type { DemoRequest } from './demo-request.js'
import { type DrivenMarket, driveMarket } from './drive-market.js'
import { huntLiquidations } from './hunt.js'
import { type DemoVenue, FIRST_WALLET, openDemoVenue } from './open-demo-venue.js'
import { streamLiquidations } from './stream-liquidations.js'

/** What a demo runs with. */
export interface DemoSetup extends Pick<DemoRequest, 'dialect' | 'positionMode' | 'seed' | 'speed'> {
  readonly directory: string
  readonly market: DemoMarket
  /** Of the page; 0 = any free one. */
  readonly port: number
}

/** A demo that runs. */
export interface Demo {
  readonly manager: TrancheManager
  readonly market: DrivenMarket
  /** Opens its page, once. */
  readonly url: string
  /** Events that the log held before the start. */
  readonly remembered: number
  /** Ends trading, compares everybody's figures, and closes. */
  finish(): Promise<readonly Comparison[]>
  /** Closes without a comparison. */
  close(): Promise<void>
}

interface DemoParts {
  readonly store: SqlStore<BookEvent>
  readonly demoVenue: DemoVenue
  readonly manager: TrancheManager
  readonly logger: Logger
  readonly remembered: number
  readonly config: TranchebookConfig
}

const PLACE = 'place'
const STARTS = 'starts'
const HUNT = { smallest: parseMoney('30000'), entry: parseMoney('2000') }

function drive({ kept }: DemoVenue, { market, speed, seed }: DemoSetup): DrivenMarket {
  const { exchange } = kept
  const begin = Number(kept.noteOf(PLACE) ?? market.begin)
  const starts = Number(kept.noteOf(STARTS) ?? 0)
  const paths = market.pathsFrom({ exchange, time: begin, starts })
  const onStep = (time: number): void => {
    kept.note(PLACE, String(time))
  }
  return driveMarket({ exchange, clock: systemClock, paths, begin, speed, seed: seed + starts, onStep })
}

async function startHunter({ demoVenue, manager, logger }: DemoParts): Promise<() => void> {
  const hunt = huntLiquidations(manager, await demoVenue.venue.fetchInstruments(), HUNT)
  const stream = streamLiquidations(demoVenue.liquidations, (liquidation) => {
    hunt(liquidation).catch((error: unknown) => {
      logger.warn({ why: String(error) }, 'the hunter could not enter')
    })
  })
  return () => {
    stream.close()
  }
}

async function openParts(setup: DemoSetup, closers: Closers): Promise<DemoParts> {
  const { directory, market, positionMode } = setup
  await mkdir(directory, { recursive: true })
  const store = await openLog({ type: 'directory', name: directory, directory })
  closers.add(async () => store.close())
  const remembered = (await store.takeAnchor()).position
  const log = logToFile(join(directory, 'tranchebook.log'))
  closers.add(() => {
    log.close()
  })
  const { logger } = log
  const demoVenue = await openDemoVenue({ ...setup, account: DEMO_ACCOUNT })
  closers.add(async () => demoVenue.close())
  const config = demoConfig(
    market.markets.map(({ rules }) => rules.instrument.symbol),
    positionMode,
  )
  const manager = await startManager({ store, venue: demoVenue.venue, config, mode: 'trade', logger })
  closers.add(async () => manager.stop())
  return { store, demoVenue, manager, logger, config, remembered }
}

async function compare({ store, demoVenue, manager }: DemoParts): Promise<readonly Comparison[]> {
  await manager.syncWithExchange()
  const { exchange } = demoVenue.kept
  const firstWallet = parseMoney(FIRST_WALLET)
  return checkAgreement({ manager, store, exchange, account: DEMO_ACCOUNT, firstWallet, quoteAsset: 'USDT' })
}

async function startDemo(setup: DemoSetup, closers: Closers): Promise<Demo> {
  const { directory, port } = setup
  const parts = await openParts(setup, closers)
  const stopHunter = await startHunter(parts)
  const market = drive(parts.demoVenue, setup)
  const quiet = (): void => {
    stopHunter()
    market.stop()
  }
  closers.add(quiet)
  const { store, demoVenue, manager, logger, config, remembered } = parts
  const shown = { manager, store, config, candles: demoVenue.venue, stakes: 'SIM' as const, logger }
  const { url } = await openPage({ ...shown, port, directory }, closers)
  const finish = async (): Promise<readonly Comparison[]> => {
    quiet()
    const found = await compare(parts)
    await closers.close()
    return found
  }
  return { manager, market, url, remembered, finish, close: async () => closers.close() }
}

/** Starts everything in one directory: log, venue, manager, bot and market. @throws {StoreError} `store.lock.held` and others */
export async function openDemo(setup: DemoSetup): Promise<Demo> {
  const closers = new Closers()
  try {
    return await startDemo(setup, closers)
  } catch (error) {
    await closers.close().catch(() => undefined)
    throw error
  }
}
