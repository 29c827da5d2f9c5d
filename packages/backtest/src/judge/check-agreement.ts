import {
  asMoney,
  asQuantity,
  type BookEvent,
  formatMoney,
  formatQuantity,
  type Money,
  NO_MONEY,
  parseMoney,
  positionSideOf,
  replay,
  type Side,
  stateHash,
  type TrancheBook,
} from '@tranchebook/core'
import type { TrancheManager } from '@tranchebook/manager'
import { accountOf, type Exchange, positionOf, walletOf } from '@tranchebook/simulator'
import type { EventStore } from '@tranchebook/store'

/** One figure that two sides know. Decimal text, or a hash. */
export interface Comparison {
  readonly what: string
  readonly books: string
  /** The venue's figure, or the log's. */
  readonly other: string
  readonly agrees: boolean
}

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
const HASH_LENGTH = 12

function comparePositions({ manager, exchange, account }: AgreementRequest): readonly Comparison[] {
  return manager.symbols.flatMap((symbol) => {
    const { book } = manager.readBook(symbol)
    return SIDES.map((side): Comparison => {
      const { amount } = positionOf(accountOf(exchange, account), symbol, positionSideOf(book, side))
      const signed = side === 'LONG' ? amount : -amount
      const venue = asQuantity(signed > 0n ? signed : 0n)
      const { quantity } = book.groups[side]
      const [books, other] = [formatQuantity(quantity), formatQuantity(venue)]
      return { what: `${symbol} ${side}`, books, other, agrees: quantity === venue }
    })
  })
}

/** Realized − fees + funding of a book as the venue counts it: by average cost. */
function earnedOf({ averageCost, groups, unallocatedFunding }: TrancheBook, asset: string): bigint {
  const { LONG, SHORT } = groups
  const realized = averageCost.LONG.realizedPnl + averageCost.SHORT.realizedPnl + averageCost.BOTH.realizedPnl
  const fees = (LONG.fees[asset] ?? NO_MONEY) + (SHORT.fees[asset] ?? NO_MONEY)
  const funding = (LONG.funding[asset] ?? NO_MONEY) + (SHORT.funding[asset] ?? NO_MONEY)
  return realized - fees + funding + (unallocatedFunding[asset] ?? NO_MONEY)
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
    books: formatMoney(asMoney(books)),
    other: formatMoney(venue),
    agrees: difference <= ROUNDING * (entries + 1n),
  }
}

async function compareLogs({ manager, store }: AgreementRequest): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = []
  for (const symbol of manager.symbols) {
    const { book, stream } = manager.readBook(symbol)
    const events: BookEvent[] = []
    for await (const { event } of store.read(stream, { until: book.version })) events.push(event)
    if (events.length === 0) continue
    const [books, other] = [stateHash(book).slice(0, HASH_LENGTH), stateHash(replay(events)).slice(0, HASH_LENGTH)]
    comparisons.push({ what: `${symbol} log of ${events.length} events`, books, other, agrees: books === other })
  }
  return comparisons
}

/** Compares what the books hold with what the venue holds, with the money in its wallet, and with their own log. */
export async function checkAgreement(request: AgreementRequest): Promise<readonly Comparison[]> {
  return [...comparePositions(request), compareWallet(request), ...(await compareLogs(request))]
}
