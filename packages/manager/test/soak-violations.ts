import {
  type BookEvent,
  coverage,
  formatQuantity,
  type Instrument,
  minus,
  type PositionSide,
  type Quantity,
  replay,
  type SymbolConfig,
  type TrancheBook,
} from '@tranchebook/core'
import { type Account, positionOf } from '@tranchebook/simulator'

/** What a run has led to, on both sides. */
export interface Outcome {
  readonly account: Account
  readonly symbol: string
  readonly events: readonly BookEvent[]
  readonly config: SymbolConfig
  readonly instrument: Instrument
}

const SIDES = ['LONG', 'SHORT'] as const

/** Signed: short is negative. */
function ourQuantities({ groups: { LONG, SHORT }, positionMode }: TrancheBook): readonly [PositionSide, bigint][] {
  if (positionMode === 'ONE_WAY') return [['BOTH', minus(LONG.quantity, SHORT.quantity)]]
  return [
    ['LONG', LONG.quantity],
    ['SHORT', -SHORT.quantity],
  ]
}

function wrongPositions(book: TrancheBook, { account, symbol }: Outcome): readonly string[] {
  const text = (quantity: bigint): string => formatQuantity(quantity as Quantity)
  return ourQuantities(book).flatMap(([side, ours]) => {
    const theirs = positionOf(account, symbol, side).amount
    return ours === theirs ? [] : [`${side}: the book has ${text(ours)}, the venue ${text(theirs)}`]
  })
}

function unprotected(book: TrancheBook, { config, instrument }: Outcome): readonly string[] {
  return SIDES.filter((side) => !coverage(book, side, { config, instrument }).protected).map(
    (side) => `${side} is not protected`,
  )
}

function wrongOrders(book: TrancheBook, { account }: Outcome): readonly string[] {
  const live = [...account.live.values(), ...account.waiting.values()]
  const resting = new Set(live.map((order) => order.clientOrderId))
  const ghosts = [...book.orders.values()].filter(({ clientOrderId }) => !resting.has(clientOrderId))
  const strays = [...resting].filter((id) => id.startsWith('tb') && !book.orders.has(id))
  return [
    ...ghosts.map(({ clientOrderId, state, purpose }) => `${purpose} ${clientOrderId} (${state}) rests nowhere`),
    ...strays.map((id) => `${id} rests and the book does not know it`),
  ]
}

function wrongFills({ account, events }: Outcome): readonly string[] {
  const booked = events.flatMap((event) => (event.type === 'FillBooked' ? [event.tradeId] : []))
  const known = new Set(booked)
  const missing = account.trades.filter(({ id }) => !known.has(id))
  return [
    ...(missing.length > 0 ? [`${missing.length} trades of ${account.trades.length} were never booked`] : []),
    ...(booked.length > known.size ? [`${booked.length - known.size} trades were booked twice`] : []),
  ]
}

function placedTwice({ account: { orders, conditionals } }: Outcome): readonly string[] {
  const placed = [...orders.values()].filter(({ parentId }) => parentId === null)
  const ids = [...placed, ...conditionals.values()].map((order) => order.clientOrderId)
  const own = ids.filter((id) => id.startsWith('tb'))
  return own.length === new Set(own).size ? [] : ['an intent was placed twice']
}

/** What does not hold, as sentences. */
export function violationsOf(outcome: Outcome): readonly string[] {
  const book = replay(outcome.events)
  return [
    ...wrongPositions(book, outcome),
    ...unprotected(book, outcome),
    ...wrongOrders(book, outcome),
    ...wrongFills(outcome),
    ...placedTwice(outcome),
  ]
}
