import { rm, writeFile } from 'node:fs/promises'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type StarterRequest, starterText } from '../settings/starter-text.js'
import type { Terminal } from '../terminal.js'

/** Writes a configuration to begin with; never over one that is there. @throws {CommandFailure} */
export async function runInit(path: string, request: StarterRequest, terminal: Terminal): Promise<ExitCode> {
  try {
    await writeFile(path, starterText(request), { flag: 'wx' })
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere) await rm(path, { force: true }).catch(() => undefined)
    const came = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(
      { what: `cannot write ${path}`, expected: `expected a new file; got: ${came}`, advice: 'name another file' },
      { cause: error },
    )
  }
  terminal.note(`${path} written; next: tranchebook config validate ${path}, then tranchebook run --config ${path}`)
  return EXIT.fine
}
