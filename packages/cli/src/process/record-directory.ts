import type { DatabasePlace } from '../database/database-place.js'
import { besideConfig } from './beside-config.js'

/** Where a process writes itself down, for commands to find it: beside an embedded database, else in a directory of the account. */
export function recordDirectory(
  place: DatabasePlace,
  { account, config }: { readonly account: string; readonly config: string },
): string {
  return place.type === 'directory' ? place.directory : besideConfig(`.tranchebook/${account}`, config)
}
