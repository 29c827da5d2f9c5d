import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * A relative path that belongs to a configuration: beside that file, so that whoever names the file, from wherever, means the same; in the
 * working directory only where it is there already.
 */
export function besideConfig(path: string, config: string): string {
  return isAbsolute(path) || config === '-' || existsSync(path) ? path : join(dirname(config), path)
}
