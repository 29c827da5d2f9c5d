import { join } from 'node:path'
import process from 'node:process'
import type { Venue } from '@tranchebook/adapters'
import type { BookEvent } from '@tranchebook/core'
import type { Logger, TrancheManager } from '@tranchebook/manager'
import { assertFitForLive, type SqlStore } from '@tranchebook/store'
import type { DatabasePlace } from '../database/database-place.js'
import { choosePlace } from './choose-place.js'
import { Closers } from './closers.js'
import { anchorFile, assertNotGone, guardLog } from './guard-log.js'
import { logLines } from './log-lines.js'
import { logToFile } from './log-to-file.js'
import { announce, openPage, type PageSetup } from './open-page.js'
import { openPaperAccount } from './open-paper-account.js'
import { lockAccount } from './lock-account.js'
import { accountAt, openVenue, type Stakes } from './open-venue.js'
import type { RunConfig } from './run-config.js'
import type { AccountRequest } from './account-request.js'
import { recordDirectory } from './record-directory.js'
import { openLog, startManager } from './start-manager.js'

/** What an account is run with. */
export interface AccountSetup {
  readonly request: AccountRequest
  readonly configured: RunConfig
  readonly stakes: Stakes
  /** Ends a start under way. */
  readonly signal: AbortSignal
}

/** An account that is run by this process. */
export interface RunningAccount {
  readonly manager: TrancheManager
  readonly store: SqlStore<BookEvent>
  readonly venue: Venue
  readonly place: DatabasePlace
  /** Where its page is; `null` = it has none. */
  readonly url: string | null
  close(): Promise<void>
}

async function openStoreOf({ configured, stakes }: AccountSetup, place: DatabasePlace): Promise<SqlStore<BookEvent>> {
  const isLive = stakes === 'LIVE'
  const { allowEmbeddedForLive = false, durability = isLive ? 'strict' : 'process' } = configured.store
  const kind = place.type === 'directory' ? 'pglite' : 'postgres'
  if (isLive) assertFitForLive({ kind }, { allowEmbeddedForLive })
  const store = await openLog(place, durability)
  try {
    if (isLive) assertFitForLive({ kind, unsafeSettings: await store.unsafeSettings() }, { allowEmbeddedForLive })
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Beside an embedded database there is a file for the log; otherwise it goes to stderr, where supervisors collect it. */
function openLogger(place: DatabasePlace, closers: Closers): Logger {
  if (place.type === 'server') return logLines((line) => process.stderr.write(line))
  const log = logToFile(join(place.directory, 'tranchebook.log'))
  closers.add(() => {
    log.close()
  })
  return log.logger
}

async function openPageOf(
  setup: AccountSetup,
  parts: Omit<PageSetup, 'config' | 'stakes' | 'port'>,
  closers: Closers,
): Promise<string | null> {
  const { configured, stakes, request } = setup
  const { config, dashboard } = configured
  if (request.page && dashboard.enabled !== false)
    return (await openPage({ ...parts, config, stakes, port: request.port ?? dashboard.port ?? 0 }, closers)).url
  await announce({ directory: parts.directory, account: config.account, page: null }, closers)
  return null
}

/** On paper no anchor is kept. */
const nothing = async (): Promise<void> => Promise.resolve()

async function open(setup: AccountSetup, closers: Closers): Promise<RunningAccount> {
  const { request, configured, stakes, signal } = setup
  const { config } = configured
  const place = await choosePlace(request, configured.store, config.account)
  const connected = stakes === 'PAPER' ? null : await openVenue(config.account, configured.venue, stakes)
  closers.add(async () => connected?.close())
  const { mode, standby = false, acceptRestored: isRestored = false } = request
  const { account } = config
  const whose = { account, config: request.config }
  const file = anchorFile(place, whose, configured.store)
  if (connected !== null && !isRestored) assertNotGone(place, file)
  const store = await openStoreOf(setup, place)
  closers.add(async () => store.close())
  const logger = openLogger(place, closers)
  if (connected !== null && mode !== 'observe')
    closers.add(await lockAccount(await accountAt(configured.venue, stakes), { account, place, store }))
  const whenOwned = connected === null ? nothing : await guardLog(store, { file, account, isRestored, logger }, closers)
  const directory = recordDirectory(place, whose)
  const venue = connected ?? (await openPaperAccount({ section: configured.venue, config, directory }, closers))
  const manager = await startManager({ store, venue, config, mode, logger, standby, signal, whenOwned })
  closers.add(async () => manager.stop())
  const url = await openPageOf(setup, { manager, store, candles: venue, logger, directory }, closers)
  return { manager, store, venue, place, url, close: async () => closers.close() }
}

/** Opens the venue and the log of an account and starts its manager. */
export async function openAccount(setup: AccountSetup): Promise<RunningAccount> {
  const closers = new Closers()
  try {
    return await open(setup, closers)
  } catch (error) {
    await closers.close().catch(() => undefined)
    throw error
  }
}
