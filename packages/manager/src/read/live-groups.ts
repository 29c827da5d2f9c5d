import {
  adviseSize,
  canOpenNewTranche,
  choosePartsSoundly,
  closingLots,
  type EntryAnswer,
  InputError,
  type Instrument,
  type LiveGroupView,
  moneyToDecimal,
  parseMoney,
  parsePrice,
  parseQuantity,
  quantityToDecimal,
  type Side,
  viewGroup,
} from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import type { AdvisedSize, OpenRequest, SelectedPart, SelectRequest, SizeAdviceRequest } from '../manager-requests.js'

/** Whether an entry would be sent now, what is decided and not yet recorded included. `now` is the venue's time. */
export function entryAnswerOf(loop: BookLoop, request: OpenRequest, now: number): EntryAnswer {
  const { side, quantity, price = null, signalStrength = null } = request
  const wish = {
    side,
    quantity: parseQuantity(quantity),
    price: price === null ? null : parsePrice(price),
    signalStrength,
    tranche: null,
    time: now,
  }
  return canOpenNewTranche(loop.ahead, wish, loop.context())
}

/** A size for an entry, what is decided and not yet recorded included. `now` is the venue's time. */
export function advisedSizeOf(loop: BookLoop, request: SizeAdviceRequest, now: number): AdvisedSize {
  const { side, price = null, signalStrength = null, budget = null } = request
  const wish = {
    side,
    price: price === null ? null : parsePrice(price),
    signalStrength,
    budget: budget === null ? null : parseMoney(budget),
    time: now,
  }
  const { quantity, size, steps } = adviseSize(loop.ahead, wish, loop.context())
  return { quantity: quantityToDecimal(quantity), size: moneyToDecimal(size), steps }
}

/** Which tranches a closing quantity would take from, by the symbol's closing rule. @throws {InputError} where no price is known */
export function partsToClose(
  loop: BookLoop,
  { symbol, side, quantity, price }: SelectRequest,
): readonly SelectedPart[] {
  const context = loop.context()
  const { config, instrument, closingRules, market } = context
  const at = price === undefined ? (market?.price ?? loop.book.mark?.price) : parsePrice(price)
  if (at === undefined)
    throw new InputError('input.malformed', `price: expected one, since no mark price of ${symbol} has been seen yet`)
  const { closingStrategy: rule, isolatedClosing } = config
  const request = { quantity: parseQuantity(quantity), price: at, stepSize: instrument.stepSize }
  const choice = { rule, isolatedClosing, customRules: closingRules }
  const { parts, broken } = choosePartsSoundly(closingLots(loop.book.groups[side], new Map()), request, choice)
  if (broken !== null) context.onBrokenRule?.(rule, broken)
  return parts.map((part) => ({ tranche: part.tranche, quantity: quantityToDecimal(part.quantity) }))
}

/** A group as the log has it, at the newest mark. `now` is the venue's time. */
export function liveGroupOf(
  { book, config, market }: BookLoop,
  side: Side,
  { instrument, now }: { readonly instrument: Instrument; readonly now: number },
): LiveGroupView {
  const mark = market?.price ?? book.mark?.price ?? null
  return viewGroup(book, side, { config, instrument, mark, prices: {}, now })
}
