import { formatWhatIf, whatIf, type WhatIfReport } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { readInstruments } from '../read/exchange-info.js'
import type { WhatIfRequest } from '../read/parse-options.js'
import { readConfig } from '../read/read-config.js'
import { readRecording } from '../read/read-recording.js'
import { runOptionsOf } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'

function noInputs(path: string): CommandFailure {
  return new CommandFailure({
    what: `${path === '-' ? 'stdin' : path} is an event log`,
    expected: 'expected input lines, which can be decided anew; got events, which were decided once',
    advice: 'give the inputs that led to them (docs/input-lines.md)',
  })
}

function asText(report: WhatIfReport, { config = 'the defaults', against }: WhatIfRequest): string {
  return [`base: ${config}; other: ${against}`, ...formatWhatIf(report), ''].join('\n')
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
  const json = `${JSON.stringify({ schema: 'tranchebook/what-if/1', ...report }, null, 2)}\n`
  await terminal.print(request.json === true ? json : asText(report, request))
  return EXIT.fine
}
