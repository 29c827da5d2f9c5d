import { DOCS_URL } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { startProgress } from '../format/progress.js'
import type { Terminal } from '../terminal.js'
import { createInputReader, type InputReading } from './input-reader.js'
import { isLogLine } from './log-line.js'
import { createLogReader } from './log-reader.js'
import { openSource } from './open-source.js'
import { parseJson } from './parse-json.js'
import { readLines, type SourceLine } from './read-lines.js'
import type { LineReader, Recording } from './recording.js'

/** How a file shall be read. */
export interface RecordingRequest extends InputReading {
  readonly path: string
  /** Inputs or events to take. */
  readonly until?: number
}

/** Short enough for a line, and without characters that a terminal would obey. */
function shorten(text: string, most = 60): string {
  const trimmed = text.trim()
  const short = trimmed.length > most ? `${trimmed.slice(0, most - 1)}…` : trimmed
  return short.replaceAll(/\p{Cc}/gu, '·')
}

function parseLine({ text }: SourceLine): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: parseJson(text) }
  } catch (error) {
    const fault = error instanceof Error ? ` (${shorten(error.message, 100)})` : ''
    return { problem: `expected one JSON object, got ${shorten(text)}${fault}` }
  }
}

function malformed(path: string, problems: readonly string[], lines: number): CommandFailure {
  const count = problems.length === 1 ? '1 malformed line' : `${problems.length} malformed lines`
  return new CommandFailure(
    {
      what: `${path === '-' ? 'stdin' : path}: ${count} of ${lines}`,
      expected: `expected input lines as ${DOCS_URL}/input-lines.md describes them, or an event log; nothing was applied`,
      advice: 'correct these lines and run again',
    },
    { findings: problems },
  )
}

/**
 * Reads input lines, or an event log: the first line shows which. One pass; no text is kept.
 *
 * @throws {CommandFailure} with every malformed line.
 */
export async function readRecording(request: RecordingRequest, terminal: Terminal): Promise<Recording> {
  const { path, until = Infinity } = request
  const problems: string[] = []
  let reader: LineReader | null = null
  let taken = 0
  const progress = startProgress(terminal, { what: 'lines read', total: null })
  for await (const line of readLines(openSource(path, terminal))) {
    if (taken >= until) break
    taken += 1
    const parsed = parseLine(line)
    if ('value' in parsed) reader ??= isLogLine(parsed.value) ? createLogReader() : createInputReader(request)
    const problem = 'problem' in parsed ? parsed.problem : (reader?.take(parsed.value, line.number) ?? null)
    if (problem !== null) problems.push(`line ${line.number}: ${problem}`)
    progress.advance()
  }
  progress.end()
  if (problems.length > 0) throw malformed(path, problems, taken)
  return (reader ?? createInputReader(request)).finish()
}
