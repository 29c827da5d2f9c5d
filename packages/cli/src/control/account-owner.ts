import {
  type AccountView,
  type ActionAnswer,
  type ActionPreview,
  type ActionRequest,
  API_PATHS,
  type BookListView,
  type BookPlace,
  type BookView,
} from '@tranchebook/dashboard/api'
import { type Action, connectDashboard, DashboardError } from '@tranchebook/dashboard'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import type { OwnerRecord } from './owner-record.js'

/** The process that owns an account, asked on this machine. Every question throws a {@link CommandFailure} where it does not answer. */
export interface AccountOwner {
  readonly record: OwnerRecord
  state(): Promise<AccountView>
  books(): Promise<BookListView>
  book(place: BookPlace): Promise<BookView>
  /** The log of a book, as lines. */
  log(place: BookPlace): Promise<AsyncIterable<Uint8Array>>
  /** What an action would do. Nothing happens. */
  preview(action: Action): Promise<ActionPreview>
  act(request: ActionRequest): Promise<ActionAnswer>
}

interface Address {
  readonly url: string
  readonly token: string
}

/** Its codes and messages say what was expected and what to do already. */
function failureOf(error: unknown, pid: number): unknown {
  if (!(error instanceof DashboardError)) return error
  return new CommandFailure(
    {
      what: `the process ${pid}, which owns the account, did not do it`,
      expected: error.message,
      advice: `docs/errors.md says under ${error.code} what to do`,
    },
    { exitCode: EXIT.refused, cause: error },
  )
}

async function readLog({ url, token }: Address, place: BookPlace): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${token}` }
  const { ok, status, body } = await fetch(new URL(API_PATHS.incident(place), url), { headers })
  if (ok && body !== null) return body
  throw new DashboardError(
    'dashboard.unreachable',
    `expected the log of ${place.account}/${place.symbol}, got status ${status}`,
  )
}

/** Connects to the process behind a record; `null` = it runs without an interface. */
export function connectOwner(record: OwnerRecord): AccountOwner | null {
  const { url, token, pid } = record
  if (url === null || token === null) return null
  const address = { url, token }
  const client = connectDashboard(address)
  const asked = async <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      throw failureOf(error, pid)
    })
  return {
    record,
    state: async () => asked(client.state()),
    books: async () => asked(client.books()),
    book: async (place) => asked(client.book(place)),
    log: async (place) => asked(readLog(address, place)),
    preview: async (action) => asked(client.preview(action)),
    act: async (request) => asked(client.act(request)),
  }
}
