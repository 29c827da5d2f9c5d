import { EXIT, type ExitCode } from '../exit-codes.js'
import { isIncomplete, remarksOn } from '../format/remarks.js'
import { formatReplay } from '../format/replay-tables.js'
import { jsonText } from '../format/visible-text.js'
import type { ReplayRequest } from '../read/parse-options.js'
import { reportReplay } from '../run/report-replay.js'
import { readAndPlay } from '../run/read-and-play.js'
import { exitCodeOf, tellBroken } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'

/** Replays a file and prints every tranche. @throws {CommandFailure} when anything given cannot be read. */
export async function runReplay(file: string, request: ReplayRequest, terminal: Terminal): Promise<ExitCode> {
  const { played, rules } = await readAndPlay(file, request, terminal)
  tellBroken(played, terminal)
  const report = reportReplay(played, rules)
  for (const remark of remarksOn(played)) terminal.note(remark)
  const isJson = request.json === true
  await terminal.print(isJson ? jsonText(report) : formatReplay(report, terminal.hasColour))
  return exitCodeOf(played, request.strict === true && isIncomplete(played) ? EXIT.strict : EXIT.fine)
}
