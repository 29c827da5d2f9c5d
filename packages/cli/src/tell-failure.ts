import type { CommandFailure } from './command-failure.js'
import type { Terminal } from './terminal.js'

/** Says on stderr what a failure says. */
export function tellFailure(terminal: Terminal, { lines, findings }: CommandFailure): void {
  terminal.note(`tranchebook: ${lines.what}`)
  for (const finding of findings) terminal.note(`  ${finding}`)
  terminal.note(`  ${lines.expected}`)
  terminal.note(`  ${lines.advice}`)
}
