import type { Command } from 'commander'
import type { Stage } from '../stage.js'
import type { SymbolAction } from './run-action.js'

/** A command that has the process which owns an account do something. */
export function defineAsked(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .option('--directory <dir>', 'data directory of the process that owns the account')
    .option('--dry-run', 'say what would be done and sent, and do nothing')
    .option('--json', 'one JSON object')
}

/** Has that process do something with a symbol, as the options of {@link defineAsked} say. */
export async function askOwner(
  { outcome, terminal }: Stage,
  action: SymbolAction,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { runAction } = await import('./run-action.js')
  const { parseActOptions } = await import('../control/action-request.js')
  outcome.exitCode = await runAction(action, { request: parseActOptions(options), terminal })
}
