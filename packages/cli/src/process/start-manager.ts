import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import process from 'node:process'
import type { Venue } from '@tranchebook/adapters'
import { type BookEvent, type SendingMode, type TranchebookConfig, upcast } from '@tranchebook/core'
import { type Logger, TrancheManager } from '@tranchebook/manager'
import {
  type EmbeddedDurability,
  openEmbeddedStore,
  openPostgresStore,
  projectEvent,
  type SqlStore,
} from '@tranchebook/store'
import type { DatabasePlace } from '../database/database-place.js'

/** Opens the log of an account, and makes it where there is none. */
export async function openLog(
  place: DatabasePlace,
  durability: EmbeddedDurability = 'process',
): Promise<SqlStore<BookEvent>> {
  const options = { decode: upcast, project: projectEvent }
  if (place.type === 'directory') return openEmbeddedStore({ ...options, directory: place.directory, durability })
  const { connectionString, isPooled } = place
  return openPostgresStore({ ...options, connectionString, isPooled })
}

/** What a manager runs on. */
export interface ManagerSetup {
  readonly store: SqlStore<BookEvent>
  readonly venue: Venue
  readonly config: TranchebookConfig
  readonly mode: SendingMode
  readonly logger: Logger
  /** Wait where another process owns the account. */
  readonly standby?: boolean
  /** Ends the wait. */
  readonly signal?: AbortSignal
  /** Asked once the account is owned, before its log is read. */
  readonly whenOwned?: () => Promise<void>
}

/** The name under which the account is owned: it says where the owner runs, and is never the same twice. */
export function holderName(): string {
  return `${hostname()} process ${process.pid} ${randomUUID().slice(0, 8)}`
}

/** A manager that is live. @throws {ManagerError} when it cannot start */
export async function startManager(setup: ManagerSetup): Promise<TrancheManager> {
  const { config, ...options } = setup
  const manager = TrancheManager.open({
    account: config.account,
    config,
    ...options,
    holder: holderName(),
  })
  await manager.start()
  return manager
}
