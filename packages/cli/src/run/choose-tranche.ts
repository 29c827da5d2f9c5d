import { type Named, namedBy } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { listNames } from '../format/list-names.js'
import { notFound } from '../not-found.js'

/** A tranche by its names, and the book it is in. */
export interface NamedTranche extends Named {
  readonly account: string
  readonly symbol: string
}

/** What the candidates are: all there ever were, or those that are open. */
export type Candidacy = 'ever' | 'open'

const MISSING: Readonly<Record<Candidacy, { readonly kind: string; readonly a: string; readonly advice: string }>> = {
  ever: { kind: 'tranche', a: 'a tranche', advice: 'tranchebook tranche list --all shows all of them' },
  open: { kind: 'open tranche', a: 'an open tranche', advice: 'tranchebook tranche list shows those that are open' },
}

function missing(name: string, candidates: readonly NamedTranche[], candidacy: Candidacy): CommandFailure {
  const { kind, a, advice } = MISSING[candidacy]
  const names = [
    ...new Set(candidates.flatMap(({ id, label }) => (label === null || label === id ? [id] : [id, label]))),
  ]
  return notFound(name, names, {
    what: `no ${kind} is called ${name}`,
    none: `expected the name of ${a}; there is none`,
    advice,
  })
}

function ambiguous(name: string, found: readonly NamedTranche[]): CommandFailure {
  const places = found.map(({ id, account, symbol }) => `${id} of ${account}/${symbol}`)
  return new CommandFailure({
    what: `${found.length} tranches are called ${name}`,
    expected: `expected one; got ${listNames(places)}`,
    advice: 'say which with --symbol, --account or its id',
  })
}

/** The tranche of that id, or else of that label. @throws {CommandFailure} when there is none, or more than one. */
export function chooseTranche<Candidate extends NamedTranche>(
  name: string,
  candidates: readonly Candidate[],
  candidacy: Candidacy = 'ever',
): Candidate {
  const found = namedBy(name, candidates)
  const [first, ...others] = found
  if (first === undefined) throw missing(name, candidates, candidacy)
  if (others.length > 0) throw ambiguous(name, found)
  return first
}
