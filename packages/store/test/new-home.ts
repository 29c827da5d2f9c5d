import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ENDER = fileURLToPath(new URL('end-servers.ts', import.meta.url))

/** The temporary folder of a test run. */
export const temporaryIn = (home: string): string => join(home, 'tmp')

/** A folder for what tests share, which goes, with the servers in it, when this process ends, even if it is killed. */
export interface Home {
  readonly folder: string
  /** Takes the folder away now. */
  remove(): Promise<void>
}

async function endOf(watcher: ChildProcess): Promise<void> {
  watcher.ref()
  watcher.stdin?.end()
  if (watcher.exitCode === null) await once(watcher, 'exit')
}

/** Makes a folder. A server started by root runs as another user, who may enter it. */
export function newHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-tests-'))
  chmodSync(folder, 0o755)
  const watcher = spawn(process.execPath, ['--import', 'tsx', ENDER, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  watcher.unref()
  // Open as long as this process is, but no reason for it to stay.
  if (watcher.stdin instanceof Socket) watcher.stdin.unref()
  return { folder, remove: async () => endOf(watcher) }
}
