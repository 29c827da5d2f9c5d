import { type CommandInput, namedBy, openTranchesOf, type Tranche, type TrancheBook } from '@tranchebook/core'
import { ManagerError } from '../manager-error.js'
import type { RepairScope } from './repair-setup.js'

/** Which tranches are given up again: all that were opened for positions found at the venue, unless some are named. */
export interface RollBackRequest extends RepairScope {
  /** Ids or labels. */
  readonly tranches?: readonly string[]
  /** Say what would be done, and do nothing (false). */
  readonly dryRun?: boolean
  /** How long the outcome is waited for, ms (30 000). */
  readonly timeoutMs?: number
  /** Who asks, for the record; `null` = not told. */
  readonly actor?: string | null
}

/** A name that several have means none of them. */
function meantIn(book: TrancheBook, names: readonly string[] | undefined): readonly Tranche[] {
  const open = openTranchesOf(book)
  if (names === undefined) return open.filter(({ origin }) => origin === 'recovered' || origin === 'adopted')
  const named = names.map((name) => namedBy(name, open)).filter(({ length }) => length === 1)
  return [...new Set(named.flat())]
}

/** A name that is mistyped must not look like nothing to do. @throws {ManagerError} `manager.unknown-tranche` */
export function assertNamesMatch(books: readonly TrancheBook[], names: readonly string[] | undefined): void {
  const open = books.flatMap((book) => openTranchesOf(book))
  const unknown = names?.find((name) => books.every((book) => namedBy(name, openTranchesOf(book)).length === 0))
  if (unknown === undefined) return
  const known = open.map(({ id, label }) => label ?? id)
  throw new ManagerError(
    'manager.unknown-tranche',
    `expected the label or id of an open tranche, got ${unknown}: ${known.length === 0 ? 'none is open' : `open are ${known.join(', ')}`}`,
    { details: { tranche: unknown, known } },
  )
}

/**
 * The commands that give adopted tranches up: first the drift policy, so that the next comparison does not adopt them again. None
 * where nothing was adopted.
 */
export function rollBackCommands(
  book: TrancheBook,
  time: number,
  { tranches, actor = null }: Pick<RollBackRequest, 'tranches' | 'actor'>,
): readonly CommandInput[] {
  const { account, symbol } = book
  const meant = meantIn(book, tranches)
  if (meant.length === 0) return []
  const header = { type: 'command', time, account, symbol, actor } as const
  const alert = { ...header, id: `rollback:${time}`, command: 'configure', options: { driftPolicy: 'ALERT' } } as const
  return [
    alert,
    ...meant.map(
      ({ id }) => ({ ...header, id: `rollback:${id}:${time}`, command: 'disownTranche', tranche: id }) as const,
    ),
  ]
}
