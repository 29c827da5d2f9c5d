import type { Command } from 'commander'
import { defineDatabaseCommand } from './define-database-command.js'

/** `verify` beneath `db` and `log`. */
export function defineVerifyCommand(parent: Command): Command {
  return defineDatabaseCommand(parent, 'verify', 'recompute every hash, look for gaps, name the first bad event')
    .option(
      '--account <name>',
      'only the books of this account; what is missing between books shows in the whole log alone',
    )
    .option('--anchor <file>', 'also find a log that is older than this anchor, or another one; - for stdin')
    .option('--json', 'one JSON object')
}
