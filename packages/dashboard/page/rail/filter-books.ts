import type { BookPlace, BookSummary } from '../../src/api/index.js'

/** Whether two places are the same book. */
export function isSameBook(one: BookPlace | null, other: BookPlace | null): boolean {
  return one !== null && other !== null && one.account === other.account && one.symbol === other.symbol
}

/** Books whose symbol, account or attention has all the words, in the order they came. */
export function filterBooks(books: readonly BookSummary[], search: string): readonly BookSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return books.filter(({ symbol, account, attention }) => {
    const text = [symbol, account, ...attention].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The book so many places further down; the first one when none is chosen, the end ones where the list ends. */
export function bookBeside(
  books: readonly BookSummary[],
  chosen: BookPlace | null,
  steps: number,
): BookSummary | undefined {
  const at = books.findIndex((book) => isSameBook(book, chosen))
  if (at < 0) return books[0]
  return books[Math.max(0, Math.min(books.length - 1, at + steps))]
}
