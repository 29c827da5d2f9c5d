import { type BookEvent, upcast } from '@tranchebook/core'
import type { SqlStore, VerifyOptions, VerifyProblem, VerifyReport } from '@tranchebook/store'
import type { CommandFailure } from '../command-failure.js'
import type { VerifyRequest } from '../database/database-request.js'
import { readAnchor } from '../database/read-anchor.js'
import { readLog } from '../database/read-log.js'
import { useStore } from '../database/use-store.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { notFound } from '../not-found.js'
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

/** What a verification found, and whether the tables to query follow the log. */
interface Verified {
  /** `null` = all of them. */
  readonly account: string | null
  readonly report: VerifyReport
  /** Position; `null` = they follow it, or nobody could say. */
  readonly tablesStaleSince: number | null
}

function adviceOn({ report: { firstBad }, tablesStaleSince }: Verified): readonly string[] {
  const isNewer = firstBad?.code === 'event-undecodable'
  return [
    ...(isNewer ? ['nothing is damaged: a newer program recorded these events, go on with that one'] : []),
    ...(tablesStaleSince === null
      ? []
      : [`the tables to query do not follow the log since position ${tablesStaleSince}: tranchebook db rebuild`]),
  ]
}

function asText(verified: Verified): string {
  const { status, events, streams, firstBad, problems } = verified.report
  const others = problems.filter((problem) => problem !== firstBad).map((problem) => `      ${asLine(problem)}`)
  const findings = firstBad === null ? [] : [`first ${asLine(firstBad)}`, ...others]
  const whose = verified.account === null ? '' : ` of account ${verified.account}`
  const read = `${status}: ${events} events of ${streams} streams${whose} read`
  return [read, ...findings, ...adviceOn(verified), ''].join('\n')
}

function asJson({ report, ...others }: Verified): string {
  const exitCode = EXIT_OF[report.status]
  return `${JSON.stringify({ schema: 'tranchebook/db-verify/1', ...report, exitCode, ...others }, null, 2)}\n`
}

/** A name that was mistyped must not be told clean. */
async function unknownAccount(store: SqlStore<BookEvent>, account: string): Promise<CommandFailure> {
  const { streams } = await store.takeAnchor()
  const known = [...new Set(streams.map(({ stream }) => stream.split('/')[0] ?? ''))]
  return notFound(account, known, {
    what: `the log has no event of account ${account}`,
    none: `expected none, the log is empty; got ${account}`,
    advice: 'name the account as its streams begin, or leave --account out',
  })
}

async function verify(store: SqlStore<BookEvent>, request: VerifyOptions): Promise<Verified> {
  const report = await store.verify(request)
  // A database so broken that it does not say has told the worse already.
  const tablesStaleSince = await store.projectionsStaleSince().catch(() => null)
  const { account = null } = request
  if (account !== null && report.status === 'clean' && report.events === 0) throw await unknownAccount(store, account)
  return { account, report, tablesStaleSince }
}

/** Verifies a log. A bad one is an answer: exit 1 or 2. @throws {CommandFailure} when there is none to verify. */
export async function runDbVerify(request: VerifyRequest, terminal: Terminal): Promise<ExitCode> {
  const { account } = request
  const anchor = request.anchor === undefined ? undefined : await readAnchor(request.anchor, terminal)
  const verified = await useStore(request, {
    decode: upcast,
    work: async (store) =>
      readLog(store, terminal, {
        what: 'events verified',
        read: async (advance) => verify(store, { account, anchor, advance }),
      }),
  })
  await terminal.print(request.json === true ? asJson(verified) : asText(verified))
  return EXIT_OF[verified.report.status]
}
