import type { TrancheBook } from '../book/book.js'
import type { BookOrder } from '../book/order.js'
import { plus } from '../money/arithmetic.js'
import { asMoney, formatMoney, type Money, NO_MONEY, notional } from '../money/money.js'
import type { Price } from '../money/price.js'
import { divide } from '../money/rounding.js'
import { refuseEntry } from './entry-answer.js'
import { entriesInFlight } from './entry-in-flight.js'
import { type EntryRule, takesSlot, valueInFlight } from './entry-question.js'

function bookEntriesInFlight(book: TrancheBook): readonly BookOrder[] {
  return [...entriesInFlight(book, 'LONG'), ...entriesInFlight(book, 'SHORT')]
}

/** Open tranches of all books, isolated ones and those in flight included. */
export const tranchesOfAccountFit: EntryRule = ({ book, opensTranche, context: { account, limits } }) => {
  const { maxTranchesGlobal } = limits
  if (maxTranchesGlobal === null || !opensTranche) return null
  const slots = bookEntriesInFlight(book).filter((order) => takesSlot(book.groups[order.side], order)).length
  const here = book.groups.LONG.tranches.length + book.groups.SHORT.tranches.length + slots
  if (account.openTranches + here < maxTranchesGlobal) return null
  return refuseEntry(
    'maxTranchesGlobalReached',
    `${here} tranches here and ${account.openTranches} in other books reach maxTranchesGlobal ${maxTranchesGlobal}`,
    { here, elsewhere: account.openTranches, maxTranchesGlobal },
  )
}

/** One more position fits. Adding to a book that has one, or an entry in flight, opens none. */
export const positionsOfAccountFit: EntryRule = ({ book, context: { account, limits } }) => {
  const { maxActivePositions } = limits
  const isHeld = book.groups.LONG.quantity + book.groups.SHORT.quantity > 0n || bookEntriesInFlight(book).length > 0
  if (maxActivePositions === null || isHeld || account.activePositions < maxActivePositions) return null
  return refuseEntry(
    'maxActivePositionsReached',
    `${account.activePositions} other positions reach maxActivePositions ${maxActivePositions}`,
    { activePositions: account.activePositions, maxActivePositions },
  )
}

/** One more trade fits into this UTC day; an entry in flight counts as done. */
export const tradesOfDayFit: EntryRule = ({ book, context: { account, limits } }) => {
  const { maxDailyTrades } = limits
  if (maxDailyTrades === null) return null
  const inFlight = bookEntriesInFlight(book).filter((order) => order.filled === 0n).length
  if (account.tradesToday + inFlight < maxDailyTrades) return null
  return refuseEntry(
    'maxDailyTradesReached',
    `${account.tradesToday} trades today (UTC) and ${inFlight} entries in flight reach maxDailyTrades ${maxDailyTrades}`,
    { tradesToday: account.tradesToday, inFlight, maxDailyTrades },
  )
}

function marginOf(value: Money, leverage: number): Money {
  return asMoney(divide(value, BigInt(Math.max(1, Math.floor(leverage))), 'up'))
}

/** Margin of one book: cost ÷ leverage of what is open, and of its entries in flight at their price. */
export function marginOfBook(book: TrancheBook, mark: Price, leverage: number): Money {
  const inFlight = marginOf(valueInFlight(bookEntriesInFlight(book), mark), leverage)
  return [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].reduce<Money>(
    (sum, tranche) => plus(sum, marginOf(tranche.cost, book.leverage ?? tranche.leverage)),
    inFlight,
  )
}

/** The account's margin with this entry stays within the limit. */
export const marginOfAccountFits: EntryRule = ({
  book,
  mark,
  price,
  request,
  context: { account, config, limits },
}) => {
  if (limits.maxMarginUsed === null) return null
  const leverage = book.leverage ?? config.leverage
  const here = marginOfBook(book, mark, leverage)
  const added = marginOf(notional(price, request.quantity), leverage)
  const after = [account.marginUsed, here, added].reduce<Money>((sum, part) => plus(sum, part), NO_MONEY)
  if (after <= limits.maxMarginUsed) return null
  const facts = {
    marginElsewhere: formatMoney(account.marginUsed),
    marginHere: formatMoney(here),
    marginOfEntry: formatMoney(added),
    marginAfter: formatMoney(after),
    maxMarginUsed: formatMoney(limits.maxMarginUsed),
    leverage,
  }
  return refuseEntry(
    'marginTooLarge',
    `this entry needs ${facts.marginOfEntry} margin at ${leverage}x: ${facts.marginAfter} in all is above maxMarginUsed ${facts.maxMarginUsed}`,
    facts,
  )
}
