import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverUser } from './postgres-binaries.js'

/** Names the folder of a test run to its files. */
export const HOME_OF_RUN = 'STORE_TEST_HOME'

/** File that names the program which stops the server of a run. */
export const STOPPER = 'server.stopper'

/** Before a test run: a folder for what its files share. A server started by root runs as another user. */
export function setup(): void {
  const home = mkdtempSync(join(tmpdir(), 'tranche-tests-'))
  chmodSync(home, 0o755)
  process.env[HOME_OF_RUN] = home
}

/** After it: the server ends, the folder goes. */
export function teardown(): void {
  const home = process.env[HOME_OF_RUN]
  if (home === undefined) return
  const stopper = join(home, STOPPER)
  if (existsSync(stopper)) {
    const stop = ['stop', '-w', '-m', 'immediate', '-D', join(home, 'server', 'data')]
    execFileSync(readFileSync(stopper, 'utf8'), stop, { ...serverUser(), cwd: tmpdir(), stdio: 'ignore' })
  }
  rmSync(home, { recursive: true, force: true })
}
