import { type CommandInput, namedBy, openTranchesOf, type Tranche, type TrancheBook } from '@tranchebook/core'
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
