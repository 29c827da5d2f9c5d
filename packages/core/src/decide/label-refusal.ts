import type { TrancheBook } from '../book/book.js'
import { isTrancheId, openTranchesOf } from '../book/name.js'
import type { Tranche } from '../book/tranche.js'
import { storableText } from '../observe/storable-text.js'
import { entriesInFlight } from '../policy/entry-in-flight.js'
import { takesSlot } from '../policy/entry-question.js'

/** Why something cannot be called so. */
export interface LabelRefusal {
  readonly code: 'labelIsId' | 'labelTaken'
  readonly message: string
}

/** What else is called so, or will be once it fills; `null` = nothing. */
function ownerOf(book: TrancheBook, label: string, self: Tranche | null): string | null {
  const open = openTranchesOf(book).find((tranche) => tranche !== self && tranche.label === label)
  if (open !== undefined) return open.id
  for (const side of ['LONG', 'SHORT'] as const)
    for (const order of entriesInFlight(book, side))
      if (order.label === label && takesSlot(book.groups[side], order))
        return `the entry ${order.clientOrderId} in flight`
  return null
}

/** Why a label cannot be given: it could be taken for an id, or something open or on its way has it. `self` may keep its own. */
export function labelRefusal(book: TrancheBook, label: string | null, self: Tranche | null): LabelRefusal | null {
  if (label === null) return null
  const shown = storableText(label)
  if (isTrancheId(label))
    return {
      code: 'labelIsId',
      message: `${shown} is shaped like the id of a tranche, T and digits: choose another label`,
    }
  const owner = ownerOf(book, label, self)
  return owner === null
    ? null
    : {
        code: 'labelTaken',
        message: `${owner} is called ${shown} already: choose another label, or take it away there first`,
      }
}
