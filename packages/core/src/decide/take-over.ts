import type { Because } from '../book/because.js'
import { evolveAll } from '../evolve/copy-book.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import type { CommandInput } from '../observe/inputs.js'
import { ourQuantity } from '../policy/reconcile.js'
import { adoptPosition, giveUpPart, markOf } from './adopt-position.js'
import { type Decision, record, startDecision } from './decision.js'

/** Why nothing was taken over, for the record. */
export interface TakeOverRefusal {
  readonly code: string
  readonly message: string
}

const NO_CONFLICT: TakeOverRefusal = {
  code: 'notOnTheOtherSide',
  message:
    'expected a venue that holds the other side than the book (conflict oppositeSide), found none: compare first, or run adopt for a difference on the same side',
}

const NO_PRICE: TakeOverRefusal = {
  code: 'noPrice',
  message: 'expected a mark price to close the wrong side at, none is known: wait for one, then ask again',
}

/**
 * Ends the conflict of a one-way book by believing the venue: what the book holds on the wrong side closes at the mark, as an estimate
 * that later fills replace, and what the venue holds is recovered on the other side. `null` = done.
 */
export function takeOver(decision: Decision, input: CommandInput): TakeOverRefusal | null {
  const { book, context } = decision
  const held = book.checks.BOTH
  if (book.conflict !== 'oppositeSide' || held?.status !== 'conflict') return NO_CONFLICT
  const mark = markOf(decision, held)
  if (mark === null) return NO_PRICE
  const wrongSide = held.quantity < 0n ? 'LONG' : 'SHORT'
  const ours = formatQuantity(ourQuantity(book, 'BOTH'))
  const venue = formatQuantity(held.quantity)
  const observed = { actor: input.actor, venue, ours, mark: formatPrice(mark), reportTime: held.time }
  const because: Because = { rule: 'command.takeOver', observed }
  for (const tranche of book.groups[wrongSide].tranches)
    giveUpPart(decision, tranche, { quantity: tranche.quantity, mark, because })
  const then = startDecision(evolveAll(book, decision.events), input, context)
  if (ourQuantity(then.book, 'BOTH') !== held.quantity) adoptPosition(then, held, because)
  decision.events.push(...then.events)
  record(
    decision,
    { type: 'ConflictResolved', note: `taken over: the venue holds ${venue}, we held ${ours}` },
    { because },
  )
  record(decision, { type: 'DriftResolved', positionSide: 'BOTH', how: 'adopted' }, { because })
  return null
}
