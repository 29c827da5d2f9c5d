import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from './free-port.js'
import { initialise, type PostgresBinaries, SETTINGS, serverUser, urlOf } from './postgres-binaries.js'
import { madeOnce } from './shared-home.js'

/** Connection string of the server that all files of a run share: it outlives the process that starts it. */
export async function sharedServer(binaries: PostgresBinaries): Promise<string> {
  return madeOnce('server', async (home) => {
    const port = await freePort()
    initialise(binaries, home)
    const options = ['-o', `-p ${port} ${SETTINGS.join(' ')}`]
    const start = ['start', '-w', '-D', join(home, 'data'), '-l', join(home, 'log'), ...options]
    execFileSync(binaries.pgCtl, start, { ...serverUser(), cwd: home, stdio: 'ignore' })
    return urlOf(port)
  })
}
