import type { Command } from 'commander'

/** An option as a shell completes it. */
export interface OptionShape {
  readonly long: string
  /** One letter; `null` = it has none. */
  readonly short: string | null
  readonly description: string
  readonly takesValue: boolean
  /** Values it accepts; empty = any. */
  readonly choices: readonly string[]
}

/** A command as a shell completes it. */
export interface CommandShape {
  /** Names from below the program down to it, such as `position list`; empty for the program. */
  readonly path: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly OptionShape[]
  /** Values of its first argument, where they are few. */
  readonly choices: readonly string[]
}

const HELP: OptionShape = { long: 'help', short: 'h', description: 'show this', takesValue: false, choices: [] }

function shapeOf(command: Command, path: string): CommandShape {
  const options = command.options.map(({ long, short, description, required, optional, argChoices }) => ({
    long: (long ?? '').replace(/^--/, ''),
    short: short?.replace(/^-/, '') ?? null,
    description,
    takesValue: required || optional,
    choices: argChoices ?? [],
  }))
  return {
    path,
    commands: command.commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    options: [...options, HELP],
    choices: command.registeredArguments[0]?.argChoices ?? [],
  }
}

/** A command and all beneath it, each before its own. */
export function commandShapes(command: Command, path = ''): readonly CommandShape[] {
  const below = command.commands.flatMap((sub) => commandShapes(sub, `${path} ${sub.name()}`.trim()))
  return [shapeOf(command, path), ...below]
}
