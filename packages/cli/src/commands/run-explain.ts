import { explainTranche, type TrancheExplanation } from '@tranchebook/core'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { remarksOn } from '../format/remarks.js'
import type { ExplainRequest } from '../read/parse-options.js'
import { findTranche, type FoundTranche } from '../run/find-tranche.js'
import { readAndPlay } from '../run/read-and-play.js'
import { viewPointOf } from '../run/report-replay.js'
import type { Terminal } from '../terminal.js'

/** What is to be explained. */
export interface ExplainTarget {
  readonly file: string
  /** Label or id. */
  readonly tranche: string
}

function asJson({ played: { book } }: FoundTranche, explanation: TrancheExplanation): string {
  const { account, symbol } = book
  const { tranche, title, lines, summary } = explanation
  return JSON.stringify({ schema: 'tranchebook/explain/1', account, symbol, tranche, title, lines, summary }, null, 2)
}

/** Tells the life of one tranche. @throws {CommandFailure} when there is none of that name, or several. */
export async function runExplain(
  { file, tranche }: ExplainTarget,
  request: ExplainRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { played, rules } = await readAndPlay(file, request, terminal)
  const { symbol = null, account = null } = request
  const found = findTranche(played.books, { name: tranche, symbol, account })
  const { mark } = viewPointOf(found.played, rules)
  const explanation = explainTranche(found.played.events, found.id, { mark })
  if (explanation === null) throw new Error(`${found.id} is in the history but cannot be explained`)
  for (const remark of remarksOn(played)) terminal.note(remark)
  await terminal.print(`${request.json === true ? asJson(found, explanation) : explanation.text}\n`)
  return EXIT.fine
}
