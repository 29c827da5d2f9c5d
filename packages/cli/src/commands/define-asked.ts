import type { Command } from 'commander'

/** A command that has the process which owns an account do something. */
export function defineAsked(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .option('--directory <dir>', 'data directory of the process that owns the account')
    .option('--dry-run', 'say what would be done and sent, and do nothing')
    .option('--json', 'one JSON object')
}
