import {
  asQuantity,
  type BookEvent,
  coverage,
  formatQuantity,
  parseMoney,
  parsePrice,
  parseQuantity,
  type PositionSide,
  replay,
  type Side,
} from '@tranchebook/core'
import { type Account, positionOf, type Trade } from '@tranchebook/simulator'
import type { BookWatch } from './book-watch.js'
import { isSameState } from './is-same-state.js'
import { isTolerated, openIn, sizeOf, sizesOf } from './tolerance.js'
import { venueCovers } from './venue-cover.js'

/** A book and its venue once faults have ended and time has passed. */
export interface EndView {
  readonly watch: BookWatch
  readonly account: Account
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']
/** Fees and profits come with eight decimals; 10^-6 in units of 10^-24. */
const CENT_OF_CENT = 10n ** 18n

const textOf = (quantity: bigint): string => formatQuantity(asQuantity(quantity))

function wrongPositions({ watch, account }: EndView): readonly string[] {
  const sides: readonly PositionSide[] = watch.book.positionMode === 'ONE_WAY' ? ['BOTH'] : SIDES
  return sides.flatMap((positionSide) => {
    const ours = openIn(watch.book, positionSide)
    const { amount } = positionOf(account, watch.symbol, positionSide)
    const isFine = ours === amount || isTolerated(watch, { positionSide, amount })
    return isFine ? [] : [`${positionSide}: the book has ${textOf(ours)}, the venue ${textOf(amount)}`]
  })
}

function unsettled({ watch: { book, config, instrument } }: EndView): readonly string[] {
  const open = SIDES.filter((side) => !coverage(book, side, { config, instrument }).protected)
  const waiting = SIDES.filter((side) => book.groups[side].unmatched.some((fill) => !fill.isOrphan))
  const states = [...book.orders.values()].filter(({ state }) => state !== 'working')
  return [
    ...open.map((side) => `${side} is not protected`),
    ...waiting.map((side) => `${side}: a closing fill still waits for its entry`),
    ...states.map(({ clientOrderId, purpose, state }) => `${purpose} ${clientOrderId} is still ${state}`),
    ...(book.conflict === null ? [] : [`the book is in conflict: ${book.conflict}`]),
  ]
}

function wrongOrders({ watch: { book, symbol }, account }: EndView): readonly string[] {
  const live = [...account.live.values(), ...account.waiting.values()].filter(({ spec }) => spec.symbol === symbol)
  const resting = new Set(live.map((order) => order.clientOrderId))
  const ghosts = [...book.orders.values()].filter(({ clientOrderId }) => !resting.has(clientOrderId))
  const strays = [...resting].filter((id) => id.startsWith('tb') && !book.orders.has(id))
  return [
    ...ghosts.map(({ clientOrderId, purpose }) => `${purpose} ${clientOrderId} rests nowhere`),
    ...strays.map((id) => `${id} rests, and the book does not know it`),
  ]
}

function beginningOf({ events }: BookWatch): number {
  return events[0]?.time ?? Number.POSITIVE_INFINITY
}

/** Trades that count: those from before a log begins, or of that very moment, are in the position that it adopts. */
function tradesOf({ watch, account }: EndView): readonly Trade[] {
  const beginning = beginningOf(watch)
  const counts = ({ id, time }: Trade): boolean => time > beginning || watch.fills.booked.has(id)
  return account.trades.filter((trade) => trade.symbol === watch.symbol && counts(trade))
}

/** At rest nothing of ours could close more than there is. */
function wrongCovers({ watch, account }: EndView): readonly string[] {
  return venueCovers(account, watch).flatMap((cover) => {
    const { positionSide, stops, targets } = cover
    const { most } = sizesOf(cover, watch)
    return [
      ...(stops > most ? [`${positionSide}: stops of ${stops} × 10^-12 rest against ${most}`] : []),
      ...(targets > most ? [`${positionSide}: targets of ${targets} × 10^-12 rest against ${most}`] : []),
    ]
  })
}

/** What was taken for absent has not landed later either. */
function wrongAbsences({ watch, account }: EndView): readonly string[] {
  const absent = watch.events.flatMap((event) =>
    event.type === 'OrderClosed' && event.status === 'absent' ? [event.clientOrderId] : [],
  )
  if (absent.length === 0) return []
  const orders = [...account.orders.values(), ...account.conditionals.values()]
  const landed = new Set(orders.map(({ clientOrderId }) => clientOrderId))
  return absent.filter((id) => landed.has(id)).map((id) => `${id} was taken for absent, and has landed since`)
}

function wrongFills(view: EndView): readonly string[] {
  const missing = tradesOf(view).filter((trade) => !view.watch.fills.booked.has(trade.id))
  return missing.map(({ id, clientOrderId }) => `trade ${id} of ${clientOrderId} was never booked`)
}

function sumOf(events: readonly BookEvent[], amountOf: (event: BookEvent) => bigint): bigint {
  return events.reduce((sum, event) => sum + amountOf(event), 0n)
}

function wrongMoney(view: EndView): readonly string[] {
  const { watch, account } = view
  const { book, events, symbol, lots } = watch
  const trades = tradesOf(view)
  const paid = trades.reduce((sum, trade) => sum + trade.fee, 0n)
  const fees = SIDES.reduce((sum, side) => sum + (book.groups[side].fees['USDT'] ?? 0n), 0n)
  const beginning = beginningOf(watch)
  const funded = account.income.filter(
    (row) =>
      row.type === 'FUNDING_FEE' && row.symbol === symbol && (row.time >= beginning || watch.fundings.has(row.id)),
  )
  const funding = funded.reduce((sum, row) => sum + row.amount, 0n)
  const booked = sumOf(events, (event) => (event.type === 'FundingBooked' ? parseMoney(event.amount) : 0n))
  const isWhole = SIDES.every((side) => book.groups[side].estimates.length + book.groups[side].unmatched.length === 0)
  const cash = sumOf(events, cashOf)
  const open = [...lots.open.values()].reduce((sum, { side, cost }) => sum + (side === 'LONG' ? cost : -cost), 0n)
  const realized = SIDES.reduce((sum, side) => sum + book.groups[side].realizedPnl, 0n)
  const isKnown = isWhole && !watch.hasGuessed
  return [
    ...(isKnown && sizeOf(fees - paid) > CENT_OF_CENT ? [`fees of ${fees} are booked, ${paid} were paid`] : []),
    ...(booked === funding ? [] : [`funding of ${booked} is booked, ${funding} was paid`]),
    ...(isKnown && sizeOf(realized - open - cash) > CENT_OF_CENT
      ? [`the lots say ${realized - open}, the fills ${cash}`]
      : []),
  ]
}

function cashOf(event: BookEvent): bigint {
  if (event.type !== 'FillBooked') return 0n
  const amount = parsePrice(event.price) * parseQuantity(event.quantity)
  return event.side === 'BUY' ? -amount : amount
}

/** What has to be so once nothing goes wrong any more, as sentences; none = it is. */
export function unsettledAt(view: EndView): readonly string[] {
  return [
    ...wrongPositions(view),
    ...wrongCovers(view),
    ...unsettled(view),
    ...wrongOrders(view),
    ...wrongAbsences(view),
    ...wrongFills(view),
    ...wrongMoney(view),
  ]
}

/** The log itself, read from its store, gives the book that lives. */
export function wrongLog({ events, book }: BookWatch, stored: readonly BookEvent[]): readonly string[] {
  if (stored.length !== events.length) return [`${events.length} events were written, ${stored.length} are read`]
  if (stored.length === 0) return []
  return isSameState(replay(stored), book) ? [] : ['the log as it is read replays to another book']
}
