import { historyOf } from '@tranchebook/core'
import { selectBooks } from '../control/select-books.js'
import { chooseTranche, type NamedTranche } from './choose-tranche.js'
import type { PlayedBook } from './run-recording.js'

/** A tranche and the book it lived in. */
export interface FoundTranche {
  readonly played: PlayedBook
  readonly id: string
}

/** Which tranche is meant; `null` = any account, any symbol. */
export interface TrancheQuestion {
  readonly name: string
  readonly symbol: string | null
  readonly account: string | null
}

function candidatesOf(played: PlayedBook): readonly (FoundTranche & NamedTranche)[] {
  const { account, symbol } = played.book
  return [...historyOf(played.events).tranches.values()].map(({ id, label }) => ({
    played,
    id,
    label,
    account,
    symbol,
  }))
}

/** The tranche of that id, or else of that label. @throws {CommandFailure} when there is none, or more than one. */
export function findTranche(books: readonly PlayedBook[], question: TrancheQuestion): FoundTranche {
  const { name, symbol, account } = question
  const asked = selectBooks(books, {
    ...(symbol === null ? {} : { symbol }),
    ...(account === null ? {} : { account }),
  })
  return chooseTranche(name, asked.flatMap(candidatesOf))
}
