import type { BookLoop } from '../book/book-loop.js'

/** Tells a book that time has passed, if anything of it may depend on that. True when fills of it are known to be missing. */
export function tickBook(loop: BookLoop, time: number): boolean {
  const { account, symbol, groups, orders } = loop.book
  const isQuiet = groups.LONG.tranches.length + groups.SHORT.tranches.length + orders.size === 0
  const isWaiting = groups.LONG.unmatched.length + groups.SHORT.unmatched.length > 0
  if (isQuiet && !isWaiting) return false
  loop.post({ type: 'tick', id: `tick:${time}`, time, account, symbol })
  loop.requestReview()
  return [...orders.values()].some((order) => order.ending !== null)
}
