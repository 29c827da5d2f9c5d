import type { Command } from 'commander'
import type { SwitchAction } from '@tranchebook/dashboard'
import type { Stage } from '../stage.js'
import { askOwner, defineAsked } from './define-asked.js'

type Options = Readonly<Record<string, unknown>>

const SWITCHES: readonly { readonly name: string; readonly says: string; readonly command: SwitchAction['command'] }[] =
  [
    { name: 'pause', says: 'no new entries, those that rest are cancelled; protection goes on', command: 'pause' },
    {
      name: 'finish',
      says: 'no new entries, those that rest are cancelled; what is open is finished',
      command: 'gracefulStop',
    },
    { name: 'resume', says: 'take entries again', command: 'resume' },
  ]

/** The commands of `tranchebook position` that switch entries off and on, end a conflict, or close everything. */
export function definePositionSwitches(position: Command, stage: Stage): void {
  for (const { name, says, command } of SWITCHES)
    defineAsked(position, name, says)
      .argument('[symbol]', 'only this one; without it every symbol')
      .action(async (symbol: string | undefined, options: Options) =>
        askOwner(stage, { command, symbol: symbol ?? null }, options),
      )
  defineAsked(position, 'resolve', 'state that a conflict is resolved: orders are sent again')
    .argument('<symbol>', 'such as BTCUSDT')
    .option('--note <note>', 'what was found, for the record')
    .action(async (symbol: string, options: Options & { readonly note?: string }) =>
      askOwner(stage, { command: 'resolveConflict', symbol, note: options.note ?? null }, options),
    )
  defineAsked(position, 'close-all', 'cancel entries and close everything at market, with real orders')
    .argument('[symbol]', 'only this one; without it every symbol')
    .option('--yes', 'do it; without this it only says what it would do')
    .action(async (symbol: string | undefined, options: Options) =>
      askOwner(stage, { command: 'killSwitch', symbol: symbol ?? null }, options),
    )
}
