import type { Terminal } from './terminal.js'

/** What a command needs besides its arguments. */
export interface Stage {
  readonly terminal: Terminal
  /** Tells how the command ended. */
  readonly outcome: { exitCode: number }
}
