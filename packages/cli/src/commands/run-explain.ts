import type { TrancheExplanation } from '@tranchebook/core'
import type { BooksRequest } from '../control/books-request.js'
import { loadBooks } from '../control/load-books.js'
import { selectPlayed } from '../control/select-books.js'
import type { ExitCode } from '../exit-codes.js'
import { remarksOn } from '../format/remarks.js'
import { jsonText, visibleText } from '../format/visible-text.js'
import type { ExplainRequest } from '../read/parse-options.js'
import { explainFound } from '../run/explain-found.js'
import { findTranche, type FoundTranche } from '../run/find-tranche.js'
import { readAndPlay } from '../run/read-and-play.js'
import type { Played, Rules } from '../run/run-recording.js'
import { exitCodeOf, tellBroken } from '../run/tell-broken.js'
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
  return jsonText({ schema: 'tranchebook/explain/1', account, symbol, tranche, title, lines, summary })
}

async function explainIn(
  { played, rules }: { readonly played: Played; readonly rules: Rules },
  { tranche, json = false }: { readonly tranche: string; readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const found = findTranche(played.books, tranche)
  const explanation = explainFound(found, rules)
  for (const remark of remarksOn(played)) terminal.note(remark)
  await terminal.print(json ? asJson(found, explanation) : `${visibleText(explanation.text)}\n`)
  return exitCodeOf(played)
}

/** Tells the life of one tranche of a file. @throws {CommandFailure} when there is none of that name, or several. */
export async function runExplain(
  { file, tranche }: ExplainTarget,
  request: ExplainRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { played: all, rules } = await readAndPlay(file, request, terminal)
  const played = selectPlayed(all, request)
  tellBroken(played, terminal)
  return explainIn({ played, rules }, { ...request, tranche }, terminal)
}

/** Tells the life of one tranche of a store or a file. @throws {CommandFailure} when there is none of that name, or several. */
export async function runLogExplain(tranche: string, request: BooksRequest, terminal: Terminal): Promise<ExitCode> {
  return explainIn(await loadBooks(request, terminal), { ...request, tranche }, terminal)
}
