import { cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeContractEvent } from '../src/contract/index.js'
import { openEmbeddedStore } from '../src/open-store.js'
import { openPGliteEngine } from '../src/pglite/pglite-engine.js'
import { madeOnce, sharedHome } from './shared-home.js'

async function copyOf(name: string, make: (directory: string) => Promise<void>): Promise<string> {
  const made = await madeOnce(name, async (directory) => {
    await make(directory)
    return directory
  })
  const directory = await mkdtemp(join(sharedHome(), 'copy-'))
  await cp(made, directory, { recursive: true })
  return directory
}

/** A new directory of an embedded store, migrated and empty: a copy, because making one costs far more than most tests. */
export async function embeddedDirectory(): Promise<string> {
  return copyOf('embedded', async (directory) => {
    await (await openEmbeddedStore({ directory, decode: decodeContractEvent })).close()
  })
}

/** A new directory with a database in which nothing was ever made. */
export async function bareDirectory(): Promise<string> {
  return copyOf('bare', async (directory) => {
    await (await openPGliteEngine({ directory })).close()
  })
}
