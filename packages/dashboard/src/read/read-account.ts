import type { AccountView } from '../api/account-view.js'
import type { BookListView } from '../api/book-list.js'
import { presentAccount } from '../view/present-account.js'
import { withLogTrouble } from '../view/runbook.js'
import { presentSummary, sortByAttention } from '../view/present-summary.js'
import { lookAtKnown, nowOf, type ReadContext, tryCatchUp } from './read-context.js'

/** How the account stands; by what is known where the log of a running account cannot be read just now. */
export async function readAccount(context: ReadContext): Promise<AccountView> {
  const trouble = await tryCatchUp(context)
  const account = await readKnownAccount(context)
  return trouble === null ? account : { ...account, health: withLogTrouble(account.health, trouble, account.time) }
}

/** How the account stands by what was read of its log. */
export async function readKnownAccount(context: ReadContext): Promise<AccountView> {
  const logId = await context.folds.logId().catch(() => '')
  const place = { logId, position: context.folds.position, time: nowOf(context) }
  return presentAccount(context.source, lookAtKnown(context), place)
}

/** All books, those that want attention first. */
export async function readBooks(context: ReadContext): Promise<BookListView> {
  await tryCatchUp(context)
  return {
    books: sortByAttention(lookAtKnown(context).map(presentSummary)),
    position: String(context.folds.position),
    time: nowOf(context),
  }
}
