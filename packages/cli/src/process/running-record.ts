import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a running process is reached; only the user it runs as may read it. */
export interface RunningRecord {
  /** Base address of its local interface; `null` = it has none. */
  readonly url: string | null
  /** Goes as a bearer token; `null` = there is no interface. */
  readonly token: string | null
  readonly pid: number
  readonly account: string
}

const NAME = 'process.json'

/** Says in a data directory which process owns it and where it is reached. */
export async function writeRunningRecord(directory: string, record: RunningRecord): Promise<void> {
  const path = join(directory, NAME)
  const unfinished = `${path}.${record.pid}`
  await writeFile(unfinished, `${JSON.stringify(record)}\n`, { mode: 0o600 })
  await rename(unfinished, path)
}

/** Takes the word back. */
export async function removeRunningRecord(directory: string): Promise<void> {
  await rm(join(directory, NAME), { force: true })
}
