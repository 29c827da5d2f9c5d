import { DOCS_URL } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { parseBooksPart, readConfigFile } from '../read/read-config.js'
import type { Terminal } from '../terminal.js'
import { parseSections } from './parse-sections.js'
import type { RunConfig } from './run-config.js'

/** Reads the configuration of a process. @throws {CommandFailure} with everything that is wrong in it */
export async function readRunConfig(path: string, terminal: Terminal): Promise<RunConfig> {
  const file = await readConfigFile(path, terminal)
  const { findings, ...sections } = parseSections(file)
  if (findings.length > 0) {
    throw new CommandFailure(
      {
        what: `${path}: the sections of the process cannot be used`,
        expected: `expected only known options with values they accept, as ${DOCS_URL}/running.md lists them`,
        advice: 'correct them and run again; an editor checks a file that tranchebook init wrote while you change it',
      },
      { findings },
    )
  }
  return { config: parseBooksPart(file, path), ...sections }
}
