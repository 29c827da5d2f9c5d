import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { temporaryIn } from './new-home.js'

/**
 * A process that waits for the end of its input, which comes when the process that started it has ended, however that was. Then it ends the
 * servers whose data lies below the folder it is given, and its temporary folder, and removes both.
 */
const LOOK_MS = 20
const PATIENCE_MS = 10_000

/** Whether a process runs a server on this data: its number may be somebody else's by now. */
function isServerOf(data: string, pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(data)
  } catch {
    return false
  }
}

async function endServer(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : NaN
  if (!Number.isSafeInteger(pid) || pid <= 1 || !isServerOf(data, pid)) return
  process.kill(pid, 'SIGQUIT')
  const patience = performance.now() + PATIENCE_MS
  while (isServerOf(data, pid)) {
    if (performance.now() > patience) process.kill(pid, 'SIGKILL')
    await pause(LOOK_MS)
  }
}

const [home] = process.argv.slice(2)
if (home === undefined) throw new RangeError('expected the folder whose servers are to end')
process.stdin.resume()
await once(process.stdin, 'end')
for (const place of [home, temporaryIn(home)])
  for (const name of existsSync(place) ? readdirSync(place) : []) await endServer(join(place, name, 'data'))
rmSync(home, { recursive: true, force: true, maxRetries: 10 })
