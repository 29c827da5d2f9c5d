import { EXIT, type ExitCode } from '../exit-codes.js'
import { importTrades } from '../import/import-trades.js'
import type { ImportOptions } from '../import/parse-import-options.js'
import { readText } from '../read/open-source.js'
import type { Terminal } from '../terminal.js'
import { writeWhole } from '../write-whole.js'

const LINES_AT_ONCE = 2000

async function printAll(lines: readonly string[], terminal: Terminal): Promise<void> {
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE)
    await terminal.print(`${lines.slice(at, at + LINES_AT_ONCE).join('\n')}\n`)
}

/** Imports an export and prints or writes it whole. @throws {CommandFailure} when it cannot be read or written. */
export async function runImport(path: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const text = await readText(path, terminal)
  const { lines, remarks } = importTrades(text, path === '-' ? 'stdin' : path, options)
  if (options.output === undefined) await printAll(lines, terminal)
  else await writeWhole(options.output, [lines.map((line) => `${line}\n`).join('')])
  for (const remark of remarks) terminal.note(remark)
  return EXIT.fine
}
