import type { BookOrder } from '../book/order.js'
import type { Tranche } from '../book/tranche.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { limitExitsOf, unfilledParts } from '../policy/in-flight.js'
import { mayCancel, mayTry } from '../policy/order-failures.js'
import { type Decision, record } from './decision.js'
import { intendExit } from './intend-exit.js'

function withdraw(decision: Decision, order: BookOrder, reason: string): void {
  const { clientOrderId, purpose } = order
  const isUnderWay = decision.events.some(
    (event) => event.type === 'CancelIntended' && event.clientOrderId === clientOrderId,
  )
  if (isUnderWay || !mayCancel(order, decision.input.time)) return
  const because = { rule: reason, observed: { purpose } }
  record(decision, { type: 'CancelIntended', clientOrderId, reason }, { because, correlationId: clientOrderId })
}

/** Cancels entries that rest, and those that are on their way or may be. Where nothing is sent, nothing is cancelled either. */
export function withdrawEntries(decision: Decision, reason: string): void {
  if (decision.context.sending === 'observe') return
  for (const order of decision.book.orders.values())
    if (order.purpose === 'entry' && order.state !== 'cancelling' && order.ending === null)
      withdraw(decision, order, reason)
}

/** Cancels once more the entries whose cancel the venue has refused: nobody wants them any more. */
export function withdrawRefusedEntries(decision: Decision): void {
  for (const order of decision.book.orders.values())
    if (order.purpose === 'entry' && order.state === 'working' && order.ending === null)
      if (order.refusedCancels !== null) withdraw(decision, order, 'cancelRefused')
}

/**
 * Cancels limit exits of a tranche that rest: what has to leave now does not wait for their price. True where there are any; until
 * they are known to be gone, what they may fill counts as on its way out.
 */
export function withdrawLimitExits(decision: Decision, { id }: Tranche, reason: string): boolean {
  const exits = limitExitsOf(decision.book, id)
  for (const order of exits) if (order.state === 'working') withdraw(decision, order, reason)
  return exits.length > 0
}

/**
 * Cancels the take profits of a tranche of which a part shall leave at a limit: the venue refuses limits that together would close more
 * than is held. What stays open gets its own anew.
 */
export function withdrawTakeProfits(decision: Decision, { id }: Tranche, reason: string): void {
  for (const order of decision.book.orders.values())
    if (order.purpose === 'takeProfit' && order.type === 'LIMIT' && order.state === 'working')
      if (order.allocation.some(({ tranche }) => tranche === id)) withdraw(decision, order, reason)
}

/**
 * Cancels limit exits that would close more of a tranche than is open (the rest would be taken from others, or from what opens later),
 * and those of tranches that have to leave at market.
 */
export function withdrawUnfitExits(decision: Decision, leaving: readonly string[]): void {
  const { orders, groups } = decision.book
  for (const order of orders.values()) {
    if (order.purpose !== 'exit' || order.type !== 'LIMIT' || order.state !== 'working' || order.ending !== null)
      continue
    const parts = unfilledParts(order)
    const openOf = (tranche: string): Quantity =>
      groups[order.side].tranches.find(({ id }) => id === tranche)?.quantity ?? NO_QUANTITY
    if (parts.some(({ tranche, quantity }) => quantity > openOf(tranche))) withdraw(decision, order, 'obsolete')
    else if (parts.some(({ tranche }) => leaving.includes(tranche))) withdraw(decision, order, 'stop')
  }
}

/**
 * Goes on with what a pause, a graceful stop or the kill switch has begun: an entry that was under way may fill after it, an exit may be
 * lost or refused. What others have opened was closed by the kill switch, and is theirs since.
 */
export function finishStop(decision: Decision): void {
  const { book, context, input } = decision
  for (const kind of ['pause', 'gracefulStop', 'killSwitch'] as const)
    if (book.pauses.includes(kind)) withdrawEntries(decision, kind)
  if (!book.pauses.includes('killSwitch')) return
  if (!mayTry(book, 'exit', { config: context.config, time: input.time })) return
  for (const { tranches } of [book.groups.LONG, book.groups.SHORT])
    for (const tranche of tranches.filter(({ origin }) => origin === 'intent')) {
      withdrawLimitExits(decision, tranche, 'killSwitch')
      intendExit(decision, tranche, {
        quantity: tranche.quantity,
        price: null,
        reason: 'killSwitch',
        level: null,
        because: { rule: 'killSwitch', observed: { tranche: tranche.id } },
      })
    }
}
