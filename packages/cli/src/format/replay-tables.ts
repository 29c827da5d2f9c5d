import type { BookReport } from '@tranchebook/core'
import type { ReplayReport } from '../run/report-replay.js'
import { inTone } from './colour.js'
import { positionTable } from './position-table.js'
import { trancheTable } from './tranche-table.js'
import { visibleLine } from './visible-text.js'

function titleOf({ account, symbol }: BookReport, side: string, hasAccounts: boolean): string {
  return hasAccounts ? `${account}/${symbol} ${side}` : `${symbol} ${side}`
}

/** The positions, and below them the tranches of each: what the JSON says, for people. */
export function formatReplay({ books }: ReplayReport, hasColour: boolean): string {
  const hasAccounts = new Set(books.map(({ account }) => account)).size > 1
  const groups = books.flatMap((book) => book.groups.map((group) => ({ book, group })))
  if (groups.length === 0) return 'no position, no tranche\n'
  const details = groups
    .filter(({ group }) => group.tranches.length > 0)
    .map(({ book, group }) => {
      const title = inTone(visibleLine(titleOf(book, group.side, hasAccounts)), 'strong', hasColour)
      return `\n${title}\n${trancheTable(group.tranches, hasColour)}\n`
    })
  return `${positionTable(groups, { hasAccounts, hasColour })}\n${details.join('')}`
}
