import type { AccountView } from '../api/account-view.js'
import type { BookListView } from '../api/book-list.js'
import { presentAccount } from '../view/present-account.js'
import { presentSummary, sortByAttention } from '../view/present-summary.js'
import { lookAtAll, lookAtKnown, nowOf, type ReadContext } from './read-context.js'

/** How the account stands. */
export async function readAccount(context: ReadContext): Promise<AccountView> {
  await context.folds.catchUp()
  return readKnownAccount(context)
}

/** How the account stands by what was read of its log. */
export async function readKnownAccount(context: ReadContext): Promise<AccountView> {
  const logId = await context.folds.logId()
  const place = { logId, position: context.folds.position, time: nowOf(context) }
  return presentAccount(context.source, lookAtKnown(context), place)
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
