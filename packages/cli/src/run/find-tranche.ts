import { historyOf } from '@tranchebook/core'
import { chooseTranche, type NamedTranche } from './choose-tranche.js'
import type { PlayedBook } from './run-recording.js'

/** A tranche and the book it lived in. */
export interface FoundTranche {
  readonly played: PlayedBook
  readonly id: string
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
export function findTranche(books: readonly PlayedBook[], name: string): FoundTranche {
  return chooseTranche(name, books.flatMap(candidatesOf))
}
