import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newHome } from './new-home.js'

/** Names the folder of a test run to its files. */
export const HOME_OF_RUN = 'STORE_TEST_HOME'

const LOOK_MS = 20
const FAILED = 'not made: '

let own: string | null = null

/** Whether this run has a folder that all its files share. */
export function isShared(): boolean {
  return process.env[HOME_OF_RUN] !== undefined
}

/** Folder for what the files of a run share; where there is none, one for this process. */
export function sharedHome(): string {
  const shared = process.env[HOME_OF_RUN]
  if (shared !== undefined) return shared
  own ??= newHome().folder
  return own
}

/** What a run needs once is made by whoever needs it first, in a folder of its own; the others wait until it says what it is. */
export async function madeOnce(name: string, make: (folder: string) => Promise<string>): Promise<string> {
  const folder = join(sharedHome(), name)
  const result = `${folder}.made`
  try {
    mkdirSync(folder)
    const made = await make(folder).catch((error: unknown) => FAILED + String(error))
    writeFileSync(`${result}.unfinished`, made)
    renameSync(`${result}.unfinished`, result)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  while (!existsSync(result)) await pause(LOOK_MS)
  const made = readFileSync(result, 'utf8')
  if (made.startsWith(FAILED)) throw new Error(`${name} ${made}`)
  return made
}
