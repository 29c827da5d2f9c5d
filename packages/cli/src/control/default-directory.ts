import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import { readOwnerRecord } from './owner-record.js'

const HOME = '.tranchebook'

/** Where an embedded store lies, or a process that keeps its log elsewhere has written itself down. */
function isPlace(directory: string): boolean {
  return existsSync(join(directory, 'data')) || existsSync(join(directory, 'process.json'))
}

async function placesBelow(home: string): Promise<readonly string[]> {
  if (!existsSync(home)) return []
  const entries = await readdir(home, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(home, name))
  return [home, ...folders.toSorted()].filter(isPlace)
}

async function ownedAmong(directories: readonly string[]): Promise<readonly string[]> {
  const owned = await Promise.all(directories.map(async (one) => ((await readOwnerRecord(one)) === null ? [] : [one])))
  return owned.flat()
}

/**
 * The directory to look at where none was named: that of TRANCHEBOOK_DIRECTORY; else the only store below `.tranchebook`, or the only
 * one of them that a process owns. `null` = there is none.
 *
 * @throws {CommandFailure} where there are several
 */
export async function defaultDirectory(): Promise<string | null> {
  const named = process.env['TRANCHEBOOK_DIRECTORY'] ?? ''
  if (named !== '') return named
  const stores = await placesBelow(HOME)
  if (stores.length <= 1) return stores[0] ?? null
  const [owned, ...others] = await ownedAmong(stores)
  if (owned !== undefined && others.length === 0) return owned
  throw new CommandFailure(
    {
      what: `there are ${stores.length} accounts below ${HOME}`,
      expected: `expected one; got ${stores.join(', ')}`,
      advice: 'say which with --directory DIR',
    },
    { exitCode: EXIT.usage },
  )
}
