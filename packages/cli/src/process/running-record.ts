import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type OwnerRecord, readOwnerRecord } from '../control/owner-record.js'

const NAME = 'process.json'

/** Says in a directory which process owns the account and where it is reached; only the user it runs as may read that. */
export async function writeRunningRecord(directory: string, record: OwnerRecord): Promise<void> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, NAME)
  const unfinished = `${path}.${record.pid}`
  await writeFile(unfinished, `${JSON.stringify(record)}\n`, { mode: 0o600 })
  await rename(unfinished, path)
}

/** Takes the word back, unless another process has said it since. */
export async function removeRunningRecord(directory: string, pid: number): Promise<void> {
  const known = await readOwnerRecord(directory)
  if (known === null || known.pid === pid) await rm(join(directory, NAME), { force: true })
}
