import { cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeContractEvent } from '../src/contract/index.js'
import { openEmbeddedStore } from '../src/open-store.js'
import { madeOnce, sharedHome } from './shared-home.js'

/** A new directory of an embedded store, migrated and empty: a copy, because making one costs far more than most tests. */
export async function embeddedDirectory(): Promise<string> {
  const made = await madeOnce('embedded', async (directory) => {
    await (await openEmbeddedStore({ directory, decode: decodeContractEvent })).close()
    return directory
  })
  const directory = await mkdtemp(join(sharedHome(), 'copy-'))
  await cp(made, directory, { recursive: true })
  return directory
}
