import type { Venue } from '@tranchebook/adapters'
import { compareLogs, type Comparison, type RecordedBooks } from '@tranchebook/backtest'
import { Decimal, formatQuantity, positionSideOf, type Side } from '@tranchebook/core'

/** Who is compared, and what the wallet held at the beginning. */
export interface AgreementRequest extends RecordedBooks {
  readonly venue: Venue
  readonly wallet: { readonly first: string; readonly now: string }
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']
/** The venue rounds each profit and fee to eight decimals. */
const WALLET_TOLERANCE = '0.01'

async function comparePositions({ manager, venue }: AgreementRequest): Promise<readonly Comparison[]> {
  const reports = await venue.fetchPositions(manager.symbols)
  return manager.symbols.flatMap((symbol) => {
    const { book } = manager.readBook(symbol)
    return SIDES.map((side): Comparison => {
      const positionSide = positionSideOf(book, side)
      const report = reports.find((known) => known.symbol === symbol && known.positionSide === positionSide)
      const books = formatQuantity(book.groups[side].quantity)
      const other = report === undefined ? '0' : formatQuantity(report.quantity)
      return { what: `${symbol} ${side}`, books, other, agrees: books === other }
    })
  })
}

function compareWallet({ manager, wallet }: AgreementRequest): Comparison {
  let earned = new Decimal(0)
  for (const { bridge, fees, funding } of manager.getAllTrancheGroups())
    earned = earned
      .plus(bridge.averageCost)
      .minus(fees ?? 0)
      .plus(funding ?? 0)
  const books = new Decimal(wallet.first).plus(earned)
  const agrees = books.minus(wallet.now).abs().lessThanOrEqualTo(WALLET_TOLERANCE)
  return { what: 'wallet USDT', books: books.toFixed(2), other: new Decimal(wallet.now).toFixed(2), agrees }
}

/** Compares what the books hold with what the venue holds, with their own log, and with the money in the wallet. */
export async function checkAgreement(request: AgreementRequest): Promise<readonly Comparison[]> {
  const positions = await comparePositions(request)
  return [...positions, compareWallet(request), ...(await compareLogs(request))]
}
