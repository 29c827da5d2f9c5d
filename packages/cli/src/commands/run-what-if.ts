import { DOCS_URL, type RefusedInput, whatIf, type WhatIfReport } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { jsonText, visibleLine } from '../format/visible-text.js'
import { whatIfText } from '../format/what-if-text.js'
import { readInstruments } from '../read/exchange-info.js'
import type { WhatIfRequest } from '../read/parse-options.js'
import { readConfig } from '../read/read-config.js'
import { readRecording } from '../read/read-recording.js'
import type { RecordedInputs } from '../read/recording.js'
import { runOptionsOf } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'

function noInputs(path: string): CommandFailure {
  return new CommandFailure({
    what: `${path === '-' ? 'stdin' : path} is an event log`,
    expected: 'expected input lines, which can be decided anew; got events, which were decided once',
    advice: `give the inputs that led to them: ${DOCS_URL}/input-lines.md`,
  })
}

function titleOf({ config = 'the defaults', against }: WhatIfRequest): string {
  return visibleLine(`base: ${config}; other: ${against}`)
}

/** An input that one of the runs refused, or both. */
interface RefusedLine {
  readonly line: number
  readonly run: 'base' | 'other' | 'both'
  readonly message: string
}

function refusedLines({ refused }: WhatIfReport, { inputs, lines }: RecordedInputs): readonly RefusedLine[] {
  const lineOf = new Map(inputs.map((input, index) => [input, lines[index] ?? 0]))
  const keyOf = ({ input, refusal }: RefusedInput): string => `${lineOf.get(input) ?? 0} ${refusal.message}`
  const others = new Set(refused.other.map(keyOf))
  const bases = new Set(refused.base.map(keyOf))
  const toLine = (one: RefusedInput, run: RefusedLine['run']): RefusedLine => ({
    line: lineOf.get(one.input) ?? 0,
    run,
    message: one.refusal.message,
  })
  return [
    ...refused.base.map((one) => toLine(one, others.has(keyOf(one)) ? 'both' : 'base')),
    ...refused.other.filter((one) => !bases.has(keyOf(one))).map((one) => toLine(one, 'other')),
  ].toSorted((left, right) => left.line - right.line)
}

function noteOf({ line, run, message }: RefusedLine): string {
  return `refused line ${line}${run === 'both' ? '' : `, only by the ${run} run`}: ${message}`
}

/** Decides the same inputs under two configurations. @throws {CommandFailure} when anything given cannot be read. */
export async function runWhatIf(path: string, request: WhatIfRequest, terminal: Terminal): Promise<ExitCode> {
  const { against, instruments: venue } = request
  const base = await readConfig(request, terminal)
  const other = await readConfig({ config: against }, terminal)
  const instruments = await readInstruments(venue, terminal)
  const { account } = base.config
  const recording = await readRecording({ path, account, positionMode: base.positionMode }, terminal)
  if (recording.type === 'log') throw noInputs(path)
  const report = whatIf(
    recording.inputs,
    runOptionsOf({ ...base, instruments }, 'trade'),
    runOptionsOf({ ...other, instruments }, 'trade'),
  )
  const refused = refusedLines(report, recording)
  if (request.json === true) await terminal.print(jsonText({ schema: 'tranchebook/what-if/1', ...report, refused }))
  else {
    for (const one of refused) terminal.note(noteOf(one))
    await terminal.print(`${titleOf(request)}\n\n${whatIfText(report, terminal.hasColour)}`)
  }
  return EXIT.fine
}
