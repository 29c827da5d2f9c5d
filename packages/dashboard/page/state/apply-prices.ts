import type {
  BookListView,
  BookPlace,
  BookSummary,
  BookView,
  GroupPanel,
  PriceMessage,
  SidePrice,
} from '../../src/api/index.js'

function isOf({ account, symbol }: PriceMessage, book: BookPlace): boolean {
  return account === book.account && symbol === book.symbol
}

function priceGroup(group: GroupPanel, mark: string, side: SidePrice | undefined): GroupPanel {
  if (side === undefined) return group
  const { unrealizedPnl, pnlPercent, totalPnl } = side
  const figures = new Map(side.tranches.map((tranche) => [tranche.id, tranche]))
  const tranches = group.tranches.map((tranche) => ({ ...tranche, ...figures.get(tranche.id) }))
  return { ...group, mark, unrealizedPnl, pnlPercent, totalPnl, tranches }
}

/** A book at a newer mark. Figures of another version of the book, or of the past, are left alone. */
export function priceBook(book: BookView, messages: readonly PriceMessage[]): BookView {
  const message = messages.findLast((one) => isOf(one, book))
  if (message === undefined || book.isPast || message.version !== book.version) return book
  const { mark, markTime, sides } = message
  const groups = book.groups.map((group) =>
    priceGroup(
      group,
      mark,
      sides.find(({ side }) => side === group.side),
    ),
  )
  return { ...book, mark, markTime, groups }
}

function priceSummary(book: BookSummary, messages: readonly PriceMessage[]): BookSummary {
  const message = messages.findLast((one) => isOf(one, book))
  if (message === undefined || message.version !== book.version) return book
  const { mark, markTime, unrealizedPnl, sides } = message
  const priced = book.sides.map((summary) => {
    const side = sides.find((one) => one.side === summary.side)
    return side === undefined ? summary : { ...summary, unrealizedPnl: side.unrealizedPnl, pnlPercent: side.pnlPercent }
  })
  return { ...book, mark, markTime, unrealizedPnl, sides: priced }
}

/** The list of books at newer marks; a book that did not change stays the same object. */
export function priceBooks(list: BookListView, messages: readonly PriceMessage[]): BookListView {
  return { ...list, books: list.books.map((book) => priceSummary(book, messages)) }
}
