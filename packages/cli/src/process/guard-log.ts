import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DOCS_URL } from '@tranchebook/core'
import type { Logger } from '@tranchebook/manager'
import { type AnchoredLog, keepAnchor, StoreError } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import type { DatabasePlace } from '../database/database-place.js'
import { EXIT } from '../exit-codes.js'
import { besideConfig } from './beside-config.js'
import type { Closers } from './closers.js'
import { recordDirectory } from './record-directory.js'
import type { StoreSection } from './run-config.js'

/** Which log is guarded, whose it is, and who is told what fails. */
export interface GuardedLog {
  readonly file: string
  readonly account: string
  readonly isRestored: boolean
  readonly logger: Logger
}

/** Where the anchor of a log is kept: beside the directory of an embedded database, which a restored backup replaces. */
export function anchorFile(
  place: DatabasePlace,
  whose: { readonly account: string; readonly config: string },
  { anchor }: StoreSection,
): string {
  if (anchor !== undefined) return besideConfig(anchor, whose.config)
  if (place.type === 'directory') return `${resolve(place.directory)}.anchor.json`
  return join(recordDirectory(place, whose), 'anchor.json')
}

/**
 * Refuses a directory without a database where a process has seen one: an empty one would be made in its place.
 *
 * @throws {StoreError} `store.log.different`
 */
export function assertNotGone(place: DatabasePlace, file: string): void {
  if (place.type === 'server' || existsSync(join(place.directory, 'data')) || !existsSync(file)) return
  throw new StoreError(
    'store.log.different',
    `there is no log in ${place.directory}, and ${file} keeps what was seen of it: it was deleted or moved; ${DOCS_URL}/recovery.md#a-log-that-was-restored says what to do`,
    { details: { file } },
  )
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error
}

function unkept(file: string, error: Error): CommandFailure {
  return new CommandFailure(
    {
      what: `cannot keep in ${file} how far the log went`,
      expected: `expected a file that may be read and written; got: ${error.message}`,
      advice: 'name another one outside the database with store.anchor in the configuration',
    },
    { exitCode: EXIT.refused, cause: error },
  )
}

/**
 * Refuses a log that ends before what was seen of it, and remembers how far it goes as long as the process runs. Gives what asks once more,
 * for when the account is owned.
 *
 * @throws {StoreError} `store.log.older`, `store.log.different`, `store.anchor.unreadable`
 */
export async function guardLog(
  log: AnchoredLog,
  { logger, ...terms }: GuardedLog,
  closers: Closers,
): Promise<() => Promise<void>> {
  const failed = (error: unknown): void => {
    logger.error({ file: terms.file, why: String(error) }, 'how far the log went was not kept')
  }
  const told = (error: unknown): never => {
    throw isFileError(error) ? unkept(terms.file, error) : error
  }
  const kept = await keepAnchor(log, { ...terms, failed }).catch(told)
  closers.add(async () => kept.stop())
  return async () => kept.assertReached().catch(told)
}
