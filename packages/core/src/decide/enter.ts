import type { Because } from '../book/because.js'
import { roundPrice } from '../instrument/instrument.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import type { EntryAnswer, EntryRequest } from '../policy/entry-answer.js'
import { canOpenNewTranche } from '../policy/entry-limits.js'
import { evolveAll } from '../evolve/copy-book.js'
import { type Decision, record, startDecision } from './decision.js'
import { intendOrder, orderSideOf } from './intend-exit.js'
import { labelRefusal } from './label-refusal.js'
import { leastLossy, mergeTranches } from './merge-tranches.js'

/** An entry that a bot or a person wants. */
export interface EntryWish extends EntryRequest {
  readonly label: string | null
  readonly reason: string
}

function intendEntry(decision: Decision, wish: EntryWish, because: Because): void {
  const quantity = formatQuantity(wish.quantity)
  const price =
    wish.price === null
      ? null
      : roundPrice(decision.context.instrument, wish.price, wish.side === 'LONG' ? 'down' : 'up')
  intendOrder(
    decision,
    {
      purpose: 'entry',
      orderType: price === null ? 'MARKET' : 'LIMIT',
      side: wish.side,
      orderSide: orderSideOf(wish.side, true),
      quantity,
      price: price === null ? null : formatPrice(price),
      triggerPrice: null,
      reduceOnly: false,
      closePosition: false,
      allocation: [],
      level: null,
      entryTranche: wish.tranche,
      label: wish.label,
      reason: wish.reason,
    },
    because,
  )
}

/** Whether an entry that finds all slots taken passes once the two least lossy tranches are merged, as its fill will do. */
function passesAfterMerge(decision: Decision, wish: EntryWish, answer: EntryAnswer): boolean {
  const { config, market } = decision.context
  if (answer.allowed || answer.code !== 'maxTranchesReached' || config.whenFull !== 'MERGE_LEAST_LOSSY') return false
  if (config.entryMode !== 'AVERAGE_UNTIL_UNDERWATER' || market === null) return false
  const aside = startDecision(decision.book, decision.input, decision.context)
  mergeTranches(aside, leastLossy(decision.book.groups[wish.side], market.price), {
    rule: 'whenFull.MERGE_LEAST_LOSSY',
  })
  const after = evolveAll(decision.book, aside.events)
  return aside.events.length > 0 && canOpenNewTranche(after, wish, decision.context).allowed
}

/** Intends an entry if every limit lets it, counting entries in flight; records the first limit that does not. */
export function enter(decision: Decision, wish: EntryWish): void {
  const { context, book } = decision
  if (context.sending !== 'trade') {
    const message = `entries are off: the book runs in mode ${context.sending}`
    const because = { rule: 'entryLimit.notTrading', observed: { sending: context.sending } }
    return record(decision, { type: 'EntryRefused', side: wish.side, code: 'notTrading', message }, { because })
  }
  const unnamable = labelRefusal(book, wish.label, null)
  if (unnamable !== null) {
    const because = { rule: `entryLimit.${unnamable.code}`, observed: { label: wish.label } }
    return record(decision, { type: 'EntryRefused', side: wish.side, ...unnamable }, { because })
  }
  const answer = canOpenNewTranche(book, wish, context)
  const observed = {
    quantity: formatQuantity(wish.quantity),
    price: wish.price === null ? null : formatPrice(wish.price),
  }
  if (answer.allowed || passesAfterMerge(decision, wish, answer))
    return intendEntry(decision, wish, { rule: 'entry.limits', observed: { ...observed, reason: wish.reason } })
  record(
    decision,
    { type: 'EntryRefused', side: wish.side, code: answer.code, message: answer.message },
    { because: { rule: `entryLimit.${answer.code}`, observed: { ...observed, ...answer.facts } } },
  )
}
