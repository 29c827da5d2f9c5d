import { storableText } from '../observe/storable-text.js'
import { type Decision, record } from './decision.js'

/** Why a command cannot be carried out. */
export interface CommandRefusal {
  readonly code: string
  /** A sentence with the figures in it. */
  readonly message: string
}

/** Records that a command had no effect, and why. */
export function refuseCommand(decision: Decision, command: string, { code, message }: CommandRefusal): void {
  record(
    decision,
    { type: 'CommandRefused', command, code, message: storableText(message) },
    { because: { rule: `command.${command}`, observed: { code } } },
  )
}
