import { chmodSync, mkdirSync } from 'node:fs'
import { HOME_OF_RUN, isShared } from './shared-home.js'
import { newHome, temporaryIn } from './new-home.js'

/**
 * Before a test run: a folder for what its files share, with the system's temporary folder for all they start. After it, or when it is killed:
 * its servers end, the folder goes, whatever a test that failed, was filtered out or killed its process has left there.
 */
export function setup(): (() => Promise<void>) | undefined {
  if (isShared()) return undefined
  const home = newHome()
  const temporary = temporaryIn(home.folder)
  mkdirSync(temporary)
  // A server started by root runs as another user.
  chmodSync(temporary, 0o1777)
  process.env[HOME_OF_RUN] = home.folder
  process.env['TMPDIR'] = temporary
  return async () => home.remove()
}
