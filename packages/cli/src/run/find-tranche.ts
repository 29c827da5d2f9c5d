import { closestName, historyOf, streamOf } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
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

interface Candidate extends FoundTranche {
  readonly label: string | null
}

function candidatesOf(played: PlayedBook): readonly Candidate[] {
  return [...historyOf(played.events).tranches.values()].map(({ id, label }) => ({ played, id, label }))
}

function listed(names: readonly string[]): string {
  const most = 12
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}

function missing({ name }: TrancheQuestion, candidates: readonly Candidate[]): CommandFailure {
  const names = [
    ...new Set(candidates.flatMap(({ id, label }) => (label === null || label === id ? [id] : [id, label]))),
  ]
  const closest = closestName(name, names)
  return new CommandFailure({
    what: `no tranche is called ${name}`,
    expected:
      names.length === 0 ? 'expected a tranche; none ever opened' : `expected one of ${listed(names)}; got ${name}`,
    advice: closest === null ? 'tranchebook replay lists all of them' : `did you mean ${closest}?`,
  })
}

function ambiguous({ name }: TrancheQuestion, found: readonly Candidate[]): CommandFailure {
  const places = found.map(({ played, id }) => `${id} of ${streamOf(played.book)}`)
  return new CommandFailure({
    what: `${found.length} tranches are called ${name}`,
    expected: `expected one; got ${listed(places)}`,
    advice: 'say which with --symbol, --account or its id',
  })
}

/** The tranche of that label, or else of that id. @throws {CommandFailure} when there is none, or more than one. */
export function findTranche(books: readonly PlayedBook[], question: TrancheQuestion): FoundTranche {
  const { name, symbol, account } = question
  const asked = books.filter(
    ({ book }) => (symbol === null || book.symbol === symbol) && (account === null || book.account === account),
  )
  const candidates = asked.flatMap(candidatesOf)
  const byLabel = candidates.filter(({ label }) => label === name)
  const found = byLabel.length > 0 ? byLabel : candidates.filter(({ id }) => id === name)
  const [first, ...others] = found
  if (first === undefined) throw missing(question, candidates)
  if (others.length > 0) throw ambiguous(question, found)
  return first
}
