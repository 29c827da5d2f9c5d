import {
  asMoney,
  type BookEvent,
  formatMoney,
  formatQuantity,
  type Money,
  negate,
  NO_MONEY,
  parseMoney,
  plus,
  type PositionSide,
  type Quantity,
  type Side,
  type TrancheBook,
} from '@tranchebook/core'
import type { TrancheManager } from '@tranchebook/manager'
import { type Account, accountOf, type Exchange, positionOf, walletOf } from '@tranchebook/simulator'
import type { EventStore } from '@tranchebook/store'
import { compareLogs, type Comparison } from './compare-logs.js'

/** Who is compared, and what the wallet held at the beginning. */
export interface AgreementRequest {
  readonly manager: TrancheManager
  readonly store: EventStore<BookEvent>
  readonly exchange: Exchange
  readonly account: string
  readonly firstWallet: Money
  readonly quoteAsset: string
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']
/** The venue rounds each profit, fee and funding to eight decimals. */
const ROUNDING = parseMoney('0.00000001')

/** In hedge mode a position per side; in one-way mode the venue has one, and the book's sides net to it. */
function comparePosition(book: TrancheBook, account: Account): readonly Comparison[] {
  const { symbol, positionMode, groups } = book
  const signed = { LONG: groups.LONG.quantity, SHORT: negate(groups.SHORT.quantity) }
  const held = (positionSide: PositionSide): Quantity => positionOf(account, symbol, positionSide).amount
  const pairs =
    positionMode === 'ONE_WAY'
      ? [{ what: `${symbol} net`, books: plus(signed.LONG, signed.SHORT), venue: held('BOTH') }]
      : SIDES.map((side) => ({ what: `${symbol} ${side}`, books: signed[side], venue: held(side) }))
  return pairs.map(({ what, books, venue }) => ({
    what,
    books: formatQuantity(books),
    other: formatQuantity(venue),
    agrees: books === venue,
  }))
}

/** Realized − fees + funding of a book as the venue counts it: by average cost. */
function earnedOf({ averageCost, groups, unallocatedFunding }: TrancheBook, asset: string): bigint {
  const { LONG, SHORT } = groups
  const realized = averageCost.LONG.realizedPnl + averageCost.SHORT.realizedPnl + averageCost.BOTH.realizedPnl
  const fees = (LONG.fees[asset] ?? NO_MONEY) + (SHORT.fees[asset] ?? NO_MONEY)
  const funding = (LONG.funding[asset] ?? NO_MONEY) + (SHORT.funding[asset] ?? NO_MONEY)
  return realized - fees + funding + (unallocatedFunding[asset] ?? NO_MONEY)
}

/** As many decimals as the venue keeps; what is beyond them is cut. */
function toVenueDecimals(amount: Money): string {
  return formatMoney(amount).replace(/(\.\d{8})\d+$/, '$1')
}

function compareWallet({ manager, exchange, account, firstWallet, quoteAsset }: AgreementRequest): Comparison {
  const books = manager.symbols.reduce<bigint>(
    (sum, symbol) => sum + earnedOf(manager.readBook(symbol).book, quoteAsset),
    firstWallet,
  )
  const owner = accountOf(exchange, account)
  const venue = walletOf(owner, quoteAsset)
  const difference = books > venue ? books - venue : venue - books
  const entries = BigInt(owner.trades.length + owner.income.length)
  return {
    what: `wallet ${quoteAsset}`,
    books: toVenueDecimals(asMoney(books)),
    other: toVenueDecimals(venue),
    agrees: difference <= ROUNDING * (entries + 1n),
  }
}

/** Compares what the books hold with what the venue holds, with the money in its wallet, and with their own log. */
export async function checkAgreement(request: AgreementRequest): Promise<readonly Comparison[]> {
  const { manager, exchange, account } = request
  const owner = accountOf(exchange, account)
  const positions = manager.symbols.flatMap((symbol) => comparePosition(manager.readBook(symbol).book, owner))
  return [...positions, compareWallet(request), ...(await compareLogs(request))]
}
