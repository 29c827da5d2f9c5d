import {
  absolute,
  type Amounts,
  averagePrice,
  type BookEvent,
  formatPrice,
  formatQuantity,
  type Money,
  minus,
  NO_MONEY,
  parseMoney,
  plus,
  type RanBook,
  type TrancheBook,
} from '@tranchebook/core'
import { only } from './real-fills.js'

/** One closing fill: by our tranches, at average cost, and as the venue reported it. */
export interface CheckedClose {
  readonly tradeId: string
  readonly own: Money
  readonly bridge: Money
  readonly averageCost: Money
  /** |average cost − venue|, quote. */
  readonly difference: Money
}

/** Exact sum. */
export function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce<Money>(plus, NO_MONEY)
}

/** An independent average-cost position: signed quantity and cost as whole numbers, no share ever rounded but one per close. */
interface Mirror {
  quantity: bigint
  cost: bigint
}

function trade(mirror: Mirror, signed: bigint, price: bigint): Money {
  const isClosing = mirror.quantity !== 0n && mirror.quantity > 0n !== signed > 0n
  if (!isClosing) {
    mirror.quantity += signed
    mirror.cost += signed * price
    return NO_MONEY
  }
  const size = (value: bigint): bigint => (value < 0n ? -value : value)
  const closed = size(signed) < size(mirror.quantity) ? signed : -mirror.quantity
  const part = (mirror.cost * size(closed)) / size(mirror.quantity)
  mirror.quantity += closed
  mirror.cost -= part
  const result = (-closed * price - part) as Money
  const rest = signed - closed
  return rest === 0n ? result : plus(result, trade(mirror, rest, price))
}

function partsOf(events: readonly BookEvent[], tradeId: string): { readonly own: Money; readonly bridge: Money } {
  const parts = only(events, 'TrancheReduced').filter((event) => event.tradeId === tradeId)
  return {
    own: sumOf(parts.map(({ realizedPnl }) => parseMoney(realizedPnl))),
    bridge: sumOf(parts.map(({ bridge }) => parseMoney(bridge ?? '0'))),
  }
}

/** Every close the venue's figure can be compared with: those that found all they closed. */
export function tableOfCloses({ events }: RanBook): readonly CheckedClose[] {
  const mirrors = new Map<string, Mirror>()
  return only(events, 'FillBooked').flatMap((fill) => {
    const mirror = mirrors.get(fill.positionSide) ?? { quantity: 0n, cost: 0n }
    mirrors.set(fill.positionSide, mirror)
    const quantity = unmatchedLeftOut(fill)
    const averageCost = trade(mirror, fill.side === 'BUY' ? quantity : -quantity, units(fill.price))
    if (fill.closes === null || fill.unmatched !== null) return []
    const reported = parseMoney(fill.realizedPnl ?? 'missing')
    const difference = absolute(minus(averageCost, reported))
    return [{ tradeId: fill.tradeId, ...partsOf(events, fill.tradeId), averageCost, difference }]
  })
}

function units(text: string): bigint {
  return parseMoney(text) / 10n ** 12n
}

function unmatchedLeftOut(fill: Extract<BookEvent, { readonly type: 'FillBooked' }>): bigint {
  return units(fill.quantity) - units(fill.unmatched?.quantity ?? '0')
}

/** Gross result of all tranches of a book. */
export function ownResultOf({ groups }: TrancheBook): Money {
  return plus(groups.LONG.realizedPnl, groups.SHORT.realizedPnl)
}

/** What average cost has realized and our open tranches have not: their cost less the venue's cost of the same quantity. */
export function embeddedDifference({ groups, averageCost }: TrancheBook): Money {
  const ours = minus(groups.LONG.cost, groups.SHORT.cost)
  const theirs = sumOf([averageCost.LONG.cost, averageCost.SHORT.cost, averageCost.BOTH.cost])
  return minus(theirs, ours)
}

/** Fees of books by asset; fills that found nothing to close paid theirs as well. */
export function feesOf(books: readonly RanBook[]): Amounts {
  const fees: Amounts = {}
  for (const { book } of books)
    for (const group of [book.groups.LONG, book.groups.SHORT])
      for (const [asset, fee] of Object.entries(group.fees)) fees[asset] = plus(fees[asset] ?? NO_MONEY, fee)
  return fees
}

const AVERAGE_DECIMALS = 10

/** What is open, as the data states it: `SYMBOL/SIDE`, quantity, average to 10 decimals. */
export function openPositions(books: readonly RanBook[]): Readonly<Record<string, { qty: string; avgEntry: string }>> {
  const open: Record<string, { qty: string; avgEntry: string }> = {}
  for (const { book } of books)
    for (const side of ['LONG', 'SHORT', 'BOTH'] as const) {
      const { quantity, cost } = book.averageCost[side]
      if (quantity === 0n) continue
      const unit = 10n ** BigInt(12 - AVERAGE_DECIMALS)
      const average = averagePrice(cost, quantity, 'nearest')
      const rounded = (((average + unit / 2n) / unit) * unit) as typeof average
      open[`${book.symbol}/${side}`] = { qty: formatQuantity(quantity), avgEntry: formatPrice(rounded) }
    }
  return open
}
