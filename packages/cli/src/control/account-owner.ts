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
import { seeErrors } from '../format/see-errors.js'
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

/** How long an answer may take, ms: to a look, to a preview that asks the venue, to a repair that waits for its outcome. */
const LONGEST = { look: 10_000, preview: 60_000, act: 180_000 }

/** A process that was stopped, or has nothing but other things to do, keeps its connections and says nothing. */
function unanswered(pid: number, ms: number): CommandFailure {
  return new CommandFailure(
    {
      what: `the process ${pid} owns the account and does not answer`,
      expected: `expected an answer within ${ms / 1000} s; got none`,
      advice:
        'look at its log and its database; if it does not come back, end it (kill -9 loses nothing), then ask again',
    },
    { exitCode: EXIT.refused },
  )
}

/** Its codes and messages say what was expected and what to do already. */
function failureOf(error: unknown, pid: number): unknown {
  if (!(error instanceof DashboardError)) return error
  return new CommandFailure(
    {
      what: `the process ${pid}, which owns the account, did not do it`,
      expected: error.message,
      advice: seeErrors(error),
    },
    { exitCode: EXIT.refused, cause: error },
  )
}

/** A log that breaks off is no log: the process has ended meanwhile, or cannot read it further. */
async function* wholeOf(body: AsyncIterable<Uint8Array>, { account, symbol }: BookPlace): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new CommandFailure(
      {
        what: `the log of ${account}/${symbol} broke off`,
        expected: `expected all of it from the process that owns the account; got: ${error instanceof Error ? error.message : String(error)}`,
        advice:
          'ask again; if it does so again, look at the log of the process, and stop it before tranchebook db verify',
      },
      { exitCode: EXIT.refused, cause: error },
    )
  }
}

async function readLog(
  { url, token }: Address,
  place: BookPlace,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = { authorization: `Bearer ${token}` }
  const { ok, status, body } = await fetch(new URL(API_PATHS.incident(place), url), { headers, signal })
  if (ok && body !== null) return wholeOf(body, place)
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
  const hungUp = new AbortController()
  const client = connectDashboard({ ...address, signal: hungUp.signal })
  const asked = async <Answer>(answer: Promise<Answer>, ms = LONGEST.look): Promise<Answer> => {
    const late = setTimeout(() => {
      hungUp.abort()
    }, ms)
    try {
      return await answer
    } catch (error) {
      throw hungUp.signal.aborted ? unanswered(pid, ms) : failureOf(error, pid)
    } finally {
      clearTimeout(late)
    }
  }
  return {
    record,
    state: async () => asked(client.state()),
    books: async () => asked(client.books()),
    book: async (place) => asked(client.book(place)),
    log: async (place) => asked(readLog(address, place, hungUp.signal)),
    preview: async (action) => asked(client.preview(action), LONGEST.preview),
    act: async (request) => asked(client.act(request), LONGEST.act),
  }
}
