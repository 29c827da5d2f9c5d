import { HOME_OF_RUN } from './shared-home.js'
import { newHome } from './new-home.js'

/** Before a test run: a folder for what its files share. After it, or when it is killed: its servers end, the folder goes. */
export function setup(): () => Promise<void> {
  const home = newHome()
  process.env[HOME_OF_RUN] = home.folder
  return async () => home.remove()
}
