import { EXIT, type ExitCode } from '../exit-codes.js'
import { tellFailure } from '../tell-failure.js'
import type { Terminal } from '../terminal.js'
import type { Played } from './run-recording.js'

/** Names the books that cannot be shown. @throws {CommandFailure} where there is no other to show */
export function tellBroken({ books, broken }: Played, terminal: Terminal): void {
  const last = books.length === 0 ? broken.at(-1) : undefined
  for (const one of broken) if (one !== last) tellFailure(terminal, one.failure)
  if (last !== undefined) throw last.failure
}

/** How an answer ends: as it would, unless books had to be left out. */
export function exitCodeOf({ broken }: Played, otherwise: ExitCode = EXIT.fine): ExitCode {
  return broken.length === 0 ? otherwise : EXIT.badInput
}
