import { CommandFailure } from '../command-failure.js'
import { chooseTranche, type NamedTranche } from '../run/choose-tranche.js'
import type { AccountOwner } from './account-owner.js'
import { type BooksQuestion, selectNamed } from './select-books.js'

/** Open tranches of the books a running process keeps. */
async function openTranches(owner: AccountOwner, question: BooksQuestion): Promise<readonly NamedTranche[]> {
  const { books } = await owner.books()
  const views = await Promise.all(selectNamed(books, question).map(async (book) => owner.book(book)))
  return views.flatMap((view) =>
    view.groups.flatMap(({ tranches }) =>
      tranches.map(({ id, label }) => ({ id, label, account: view.account, symbol: view.symbol })),
    ),
  )
}

function apart(chosen: readonly NamedTranche[]): CommandFailure {
  const places = chosen.map(({ id, account, symbol }) => `${id} of ${account}/${symbol}`).join(', ')
  return new CommandFailure({
    what: 'these tranches are not in one book',
    expected: `expected tranches of one symbol; got ${places}`,
    advice: 'name tranches of one symbol, or say which with --symbol',
  })
}

/** One book and the tranches of it that were named. */
export interface ChosenTranches {
  readonly account: string
  readonly symbol: string
  readonly ids: readonly [string, ...string[]]
}

/** Finds open tranches of one book by label or id. @throws {CommandFailure} where one is missing, or they are in different books */
export async function chooseOpenTranches(
  owner: AccountOwner,
  names: readonly string[],
  question: BooksQuestion,
): Promise<ChosenTranches> {
  const candidates = await openTranches(owner, question)
  const chosen = names.map((name) => chooseTranche(name, candidates, 'open'))
  const [first, ...others] = chosen
  if (first === undefined) throw new RangeError('expected the name of a tranche, got none')
  const { account, symbol } = first
  if (others.some((other) => other.account !== account || other.symbol !== symbol)) throw apart(chosen)
  return { account, symbol, ids: [first.id, ...others.map(({ id }) => id)] }
}
