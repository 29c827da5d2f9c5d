import { join } from 'node:path'
import type { DatabasePlace } from '../database/database-place.js'

/** Where a process writes itself down, for commands to find it: beside an embedded database, else in a directory of the account. */
export function recordDirectory(place: DatabasePlace, account: string): string {
  return place.type === 'directory' ? place.directory : join('.tranchebook', account)
}
