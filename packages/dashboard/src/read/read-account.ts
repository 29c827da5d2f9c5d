import type { AccountView } from '../api/account-view.js'
import type { BookListView } from '../api/book-list.js'
import { presentAccount } from '../view/present-account.js'
import { presentSummary, sortByAttention } from '../view/present-summary.js'
import { lookAtAll, nowOf, type ReadContext } from './read-context.js'

/** How the account stands. */
export async function readAccount(context: ReadContext): Promise<AccountView> {
  const lookings = await lookAtAll(context)
  const { logId } = await context.source.store.logHead()
  return presentAccount(context.source, lookings, { logId, position: context.folds.position, time: nowOf(context) })
}

/** All books, those that want attention first. */
export async function readBooks(context: ReadContext): Promise<BookListView> {
  const lookings = await lookAtAll(context)
  return {
    books: sortByAttention(lookings.map(presentSummary)),
    position: String(context.folds.position),
    time: nowOf(context),
  }
}
