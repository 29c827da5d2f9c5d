import { upcast } from '@tranchebook/core'
import type { VerifyProblem, VerifyReport } from '@tranchebook/store'
import type { VerifyRequest } from '../database/database-request.js'
import { readAnchor } from '../database/read-anchor.js'
import { readLog } from '../database/read-log.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'

const EXIT_OF = {
  clean: EXIT.fine,
  corrupt: EXIT.corrupt,
  unreadable: EXIT.badInput,
} as const satisfies Record<VerifyReport['status'], ExitCode>

function asLine({ code, message, at }: VerifyProblem): string {
  const place = Object.entries(at).map(([key, value]) => `${key} ${value}`)
  return [code, ...(place.length === 0 ? [] : [` at ${place.join(', ')}`]), `: ${message}`].join('')
}

function asText({ status, events, streams, firstBad, problems }: VerifyReport): string {
  const read = `${status}: ${events} events of ${streams} streams read`
  if (firstBad === null) return `${read}\n`
  const others = problems.filter((problem) => problem !== firstBad).map((problem) => `      ${asLine(problem)}`)
  return [read, `first ${asLine(firstBad)}`, ...others, ''].join('\n')
}

function asJson(report: VerifyReport): string {
  return `${JSON.stringify({ schema: 'tranchebook/db-verify/1', ...report, exitCode: EXIT_OF[report.status] }, null, 2)}\n`
}

/** Verifies a log. A bad one is an answer: exit 1 or 2. @throws {CommandFailure} when there is none to verify. */
export async function runDbVerify(request: VerifyRequest, terminal: Terminal): Promise<ExitCode> {
  const anchor = request.anchor === undefined ? undefined : await readAnchor(request.anchor, terminal)
  const report = await useStore(request, {
    decode: upcast,
    work: async (store) =>
      readLog(store, terminal, { what: 'events verified', read: async (advance) => store.verify({ anchor, advance }) }),
  })
  await terminal.print(request.json === true ? asJson(report) : asText(report))
  return EXIT_OF[report.status]
}
