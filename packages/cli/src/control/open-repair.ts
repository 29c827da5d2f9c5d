import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BookEvent, parseEvent, TranchebookError, upcast } from '@tranchebook/core'
import { ManagerError, type RepairSetup } from '@tranchebook/manager'
import { assertKept, type EventStore, openMemoryStore, recordEvents } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import { databaseFailure } from '../database/database-failure.js'
import type { DatabasePlace } from '../database/database-place.js'
import { openStore } from '../database/use-store.js'
import { EXIT } from '../exit-codes.js'
import { seeErrors } from '../format/see-errors.js'
import { Closers } from '../process/closers.js'
import { anchorFile, assertNotGone } from '../process/guard-log.js'
import { lockAccount } from '../process/lock-account.js'
import { accountAt, openVenue } from '../process/open-venue.js'
import { holderName, openLog } from '../process/start-manager.js'
import type { AccountOwner } from './account-owner.js'
import { ownerOf } from './find-owner.js'
import { readOwnedLogs } from './load-owned.js'
import type { RepairAccount } from './repair-account.js'

function onPaper(): CommandFailure {
  return new CommandFailure(
    {
      what: 'no venue to look at',
      expected: 'expected --live, --demo, or a simulated venue in the configuration; got an account on paper',
      advice: 'say which account of the venue is meant: --live for real money, --demo for play money',
    },
    { exitCode: EXIT.usage },
  )
}

/** It was not there when the command looked for one to ask. */
function ownedNow({ record: { pid } }: AccountOwner): CommandFailure {
  return new CommandFailure(
    {
      what: `the process ${pid} has begun to own the account`,
      expected: 'expected an account that nobody runs; got one that was started at this moment',
      advice: 'run the command again: it asks that process then',
    },
    { exitCode: EXIT.refused },
  )
}

/** A copy of the logs that a running process keeps, to look at: nothing that is written to it lasts. */
async function copyOf(owner: AccountOwner): Promise<EventStore<BookEvent>> {
  const store = openMemoryStore<BookEvent>({ decode: parseEvent })
  for (const [stream, events] of await readOwnedLogs(owner))
    await store.append(stream, recordEvents(events, 0), { expected: 'none' })
  return store
}

async function openToRead(place: DatabasePlace): Promise<EventStore<BookEvent>> {
  if (place.type === 'directory' && !existsSync(join(place.directory, 'data')))
    return openMemoryStore<BookEvent>({ decode: parseEvent })
  return openStore(place, { decode: upcast, migration: 'check' })
}

/** What a repair needs, and what it is called. */
export interface RepairPurpose {
  readonly command: string
  /** Whether it writes to the log: nobody else may own the account then. */
  readonly isWriting: boolean
}

async function openLogFor(place: DatabasePlace, { isWriting }: RepairPurpose): Promise<EventStore<BookEvent>> {
  const owner = place.type === 'directory' ? await ownerOf(place.directory) : null
  if (owner !== null && isWriting) throw ownedNow(owner)
  if (owner !== null) return copyOf(owner)
  try {
    return await (isWriting ? openLog(place) : openToRead(place))
  } catch (error) {
    throw databaseFailure(place.name, error)
  }
}

function failureOf(error: unknown, command: string): unknown {
  if (error instanceof CommandFailure || !(error instanceof TranchebookError)) return error
  const advice =
    error instanceof ManagerError && error.code === 'manager.lease-held'
      ? 'another process owns the account: look with --dry-run, or stop it first'
      : seeErrors(error)
  const lines = { what: `${command} could not be done`, expected: error.message, advice }
  return new CommandFailure(lines, { exitCode: EXIT.refused, cause: error })
}

/**
 * Opens the venue and the log of an account that no process of this machine owns, or to look only, and closes both whatever happens.
 *
 * @throws {CommandFailure} when the account cannot be opened, or is owned elsewhere and the repair would write
 */
export async function withRepair<Result>(
  { config: configPath, configured, place, stakes }: RepairAccount,
  purpose: RepairPurpose,
  work: (setup: RepairSetup) => Promise<Result>,
): Promise<Result> {
  const { config } = configured
  const { account } = config
  if (stakes === 'PAPER') throw onPaper()
  const closers = new Closers()
  try {
    const venue = await openVenue(account, configured.venue, stakes)
    closers.add(async () => venue.close())
    const file = anchorFile(place, { account, config: configPath }, configured.store)
    if (purpose.isWriting) assertNotGone(place, file)
    const store = await openLogFor(place, purpose)
    closers.add(async () => store.close())
    if (purpose.isWriting) {
      closers.add(await lockAccount(await accountAt(configured.venue, stakes), { account, place, store }))
      await assertKept(store, file)
    }
    return await work({ account, venue, store, config, holder: holderName() })
  } catch (error) {
    throw failureOf(error, purpose.command)
  } finally {
    await closers.close()
  }
}
