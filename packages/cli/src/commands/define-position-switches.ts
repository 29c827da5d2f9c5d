import type { Command } from 'commander'
import type { SwitchAction } from '@tranchebook/dashboard'
import type { Stage } from '../stage.js'
import { defineAsked } from './define-asked.js'

type Options = Readonly<Record<string, unknown>>

const SWITCHES: readonly { readonly name: string; readonly says: string; readonly command: SwitchAction['command'] }[] =
  [
    { name: 'pause', says: 'no new entries; protection goes on', command: 'pause' },
    { name: 'finish', says: 'no new entries; what is open is finished', command: 'gracefulStop' },
    { name: 'resume', says: 'take entries again', command: 'resume' },
  ]

async function run(stage: Stage, action: SwitchAction, asked: [string | undefined, Options]): Promise<void> {
  const { runPositionSwitch } = await import('./run-position-switch.js')
  const { parseActOptions } = await import('../control/action-request.js')
  const [symbol = null, options] = asked
  const request = parseActOptions(options)
  stage.outcome.exitCode = await runPositionSwitch({ ...action, symbol }, { request, terminal: stage.terminal })
}

/** The commands of `tranchebook position` that switch entries off and on, or close everything. */
export function definePositionSwitches(position: Command, stage: Stage): void {
  for (const { name, says, command } of SWITCHES)
    defineAsked(position, name, says)
      .argument('[symbol]', 'only this one; without it every symbol')
      .action(async (...asked: [string | undefined, Options]) => run(stage, { command }, asked))
  defineAsked(position, 'close-all', 'cancel entries and close everything at market, with real orders')
    .argument('[symbol]', 'only this one; without it every symbol')
    .option('--yes', 'do it; without this it only says what it would do')
    .action(async (symbol: string | undefined, options: Options) =>
      run(stage, { command: 'killSwitch' }, [symbol, options['yes'] === true ? options : { ...options, dryRun: true }]),
    )
}
