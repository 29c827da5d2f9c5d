import { streamOf } from '@tranchebook/core'
import type { StreamHead } from '@tranchebook/store'
import type { CommandFailure } from '../command-failure.js'
import { notFound } from '../not-found.js'
import type { Played } from '../run/run-recording.js'

/** Which books are meant; what is left out means any. */
export interface BooksQuestion {
  readonly symbol?: string
  readonly account?: string
}

/** What a book is called by. */
interface BookName {
  readonly symbol: string
  readonly account: string
}

function nameOf(stream: string): BookName {
  const [account = '', symbol = ''] = stream.split('/')
  return { account, symbol }
}

/** Whether a stream is of the symbol and the account that are asked for. */
export function isAsked(stream: string, { symbol, account }: BooksQuestion): boolean {
  const name = nameOf(stream)
  return (account ?? name.account) === name.account && (symbol ?? name.symbol) === name.symbol
}

function unknownName(kind: 'symbol' | 'account', name: string, names: readonly string[]): CommandFailure {
  return notFound(name, names, {
    what: `no book of ${kind} ${name}`,
    none: `expected the ${kind} of a book; there is no book at all`,
    advice: 'tranchebook position list --all shows every book',
  })
}

function only<Named extends BookName>(
  names: readonly Named[],
  kind: 'symbol' | 'account',
  name: string | undefined,
): readonly Named[] {
  if (name === undefined) return names
  const found = names.filter((each) => each[kind] === name)
  if (found.length > 0) return found
  throw unknownName(kind, name, [...new Set(names.map((each) => each[kind]))])
}

/** Those that are of a symbol and an account. @throws {CommandFailure} when there is none of that name */
export function selectNamed<Named extends BookName>(
  names: readonly Named[],
  { symbol, account }: BooksQuestion,
): readonly Named[] {
  return only(only(names, 'account', account), 'symbol', symbol)
}

/** What was played, of the books of a symbol and an account. @throws {CommandFailure} when there is none of that name */
export function selectPlayed(played: Played, question: BooksQuestion): Played {
  const { books, broken } = played
  selectNamed([...books.map(({ book }) => book), ...broken.map(({ stream }) => nameOf(stream))], question)
  return {
    ...played,
    books: books.filter(({ book }) => isAsked(streamOf(book), question)),
    broken: broken.filter(({ stream }) => isAsked(stream, question)),
  }
}

/** The streams of a symbol and an account. @throws {CommandFailure} when there is none of that name */
export function selectStreams(heads: readonly StreamHead[], question: BooksQuestion): readonly StreamHead[] {
  const named = heads.map((head) => ({ ...nameOf(head.stream), head }))
  return selectNamed(named, question).map(({ head }) => head)
}
