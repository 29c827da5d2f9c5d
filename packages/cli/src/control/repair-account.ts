import { dirname } from 'node:path'
import type { DatabasePlace } from '../database/database-place.js'
import { choosePlace } from '../process/choose-place.js'
import { stakesOf, type Stakes } from '../process/open-venue.js'
import { readRunConfig } from '../process/read-run-config.js'
import { recordDirectory } from '../process/record-directory.js'
import type { RunConfig } from '../process/run-config.js'
import type { Terminal } from '../terminal.js'
import { type AccountOwner, connectOwner } from './account-owner.js'
import { ownerOf } from './find-owner.js'
import { readOwnerRecord } from './owner-record.js'
import type { RepairOptions } from './parse-repair-options.js'

/** The account that a configuration describes: its rules, where its log is, and what is at stake. */
export interface RepairAccount {
  /** Path of the configuration. */
  readonly config: string
  readonly configured: RunConfig
  readonly place: DatabasePlace
  readonly stakes: Stakes
}

/** Reads which account is meant. @throws {CommandFailure} where the configuration or the stakes cannot be used */
export async function readRepairAccount(
  options: RepairOptions,
  config: string,
  terminal: Terminal,
): Promise<RepairAccount> {
  const configured = await readRunConfig(config, terminal)
  const stakes = stakesOf(configured.venue, options)
  const place = await choosePlace({ ...options, config }, configured.store, configured.config.account)
  const said = options.directory ?? configured.store.directory
  if (place.type === 'directory' && said === undefined && dirname(config) !== '.')
    terminal.note(`the account of ${place.directory}`)
  return { config, configured, stakes, place }
}

/**
 * The process on this machine that owns an account; `null` = none does, or it keeps its log on a server and answers nobody.
 *
 * @throws {CommandFailure} where it holds the only database and answers nobody
 */
export async function ownerOfAccount({ config, place, configured }: RepairAccount): Promise<AccountOwner | null> {
  const { account } = configured.config
  const directory = recordDirectory(place, { account, config })
  if (place.type === 'directory') return ownerOf(directory)
  const record = await readOwnerRecord(directory)
  return record?.account === account ? connectOwner(record) : null
}
