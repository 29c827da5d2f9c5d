import { Argument, type Command } from 'commander'
import type { Shell } from '../format/completion.js'
import type { Stage } from '../stage.js'

const EXAMPLES = `Examples:
  tranchebook completion bash >> ~/.bashrc
  tranchebook completion zsh > ~/.zfunc/_tranchebook    where fpath has ~/.zfunc
  tranchebook completion fish > ~/.config/fish/completions/tranchebook.fish
`

/** `tranchebook completion` */
export function defineCompletion(program: Command, { terminal }: Stage): void {
  program
    .command('completion')
    .description('a script that lets a shell complete commands and options')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .addHelpText('before', EXAMPLES)
    .action(async (shell: Shell) => {
      const { completionText } = await import('../format/completion.js')
      const { commandShapes } = await import('../format/command-shape.js')
      await terminal.print(completionText(shell, commandShapes(program)))
    })
}
