import type { Command } from 'commander'
import { defineDatabaseCommand } from './define-database-command.js'

/** A command beneath another one that looks at books, wherever they are. */
export function defineBooksCommand(parent: Command, name: string, description: string): Command {
  return defineDatabaseCommand(parent, name, description)
    .option('--file <file>', 'input lines or an event log instead, - for stdin')
    .option('--config <file>', 'configuration (configuration.md); without it every option has its default')
    .option('--instruments <file>', "ticks, steps and minimums from a venue's exchangeInfo JSON")
    .option('--symbol <symbol>', 'only this one')
    .option('--account <account>', 'only this one')
    .option('--json', 'one JSON object, every digit')
}
