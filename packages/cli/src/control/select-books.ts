import { closestName } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { listNames } from '../format/list-names.js'
import type { PlayedBook } from '../run/run-recording.js'

/** Which books are meant; what is left out means any. */
export interface BooksQuestion {
  readonly symbol?: string
  readonly account?: string
}

function unknownName(kind: 'symbol' | 'account', name: string, names: readonly string[]): CommandFailure {
  const closest = closestName(name, names)
  return new CommandFailure({
    what: `no book of ${kind} ${name}`,
    expected:
      names.length === 0
        ? `expected a ${kind}; there is no book at all`
        : `expected one of ${listNames(names)}; got ${name}`,
    advice: closest === null ? 'tranchebook position list --all shows every book' : `did you mean ${closest}?`,
  })
}

function only(
  books: readonly PlayedBook[],
  kind: 'symbol' | 'account',
  name: string | undefined,
): readonly PlayedBook[] {
  if (name === undefined) return books
  const found = books.filter(({ book }) => book[kind] === name)
  if (found.length > 0) return found
  throw unknownName(kind, name, [...new Set(books.map(({ book }) => book[kind]))])
}

/** The books of a symbol and an account. @throws {CommandFailure} when there is none of that name */
export function selectBooks(books: readonly PlayedBook[], { symbol, account }: BooksQuestion): readonly PlayedBook[] {
  return only(only(books, 'account', account), 'symbol', symbol)
}
