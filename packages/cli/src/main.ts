import { type Command, CommanderError } from 'commander'
import { CommandFailure } from './command-failure.js'
import { EXIT } from './exit-codes.js'
import { createProgram } from './program.js'
import { tellFailure } from './tell-failure.js'
import { type Terminal, terminalOf } from './terminal.js'

async function explainUsage(program: Command, args: readonly string[], error: CommanderError): Promise<CommandFailure> {
  const { usageFailure } = await import('./usage-failure.js')
  return usageFailure(program, args, error)
}

/**
 * Runs the command line and gives the exit code of `docs/cli.md`. What nobody foresaw is thrown on: a bug.
 */
export async function main(args: readonly string[], terminal: Terminal = terminalOf()): Promise<number> {
  const outcome: { exitCode: number } = { exitCode: EXIT.fine }
  const { program, help } = createProgram(terminal, outcome)
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) outcome.exitCode = EXIT.fine
    else {
      const failure = error instanceof CommanderError ? await explainUsage(program, args, error) : error
      if (!(failure instanceof CommandFailure)) throw error
      tellFailure(terminal, failure)
      return failure.exitCode
    }
  }
  for (const text of help) await terminal.print(text)
  return outcome.exitCode
}
