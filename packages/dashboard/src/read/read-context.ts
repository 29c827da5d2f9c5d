import type { BookPlace } from '../api/paths.js'
import type { BookFold, FoldStart } from '../fold/book-fold.js'
import { LogFolds } from '../fold/log-folds.js'
import { PastFolds } from '../fold/past-folds.js'
import { RequestError } from '../request-error.js'
import type { DashboardSource } from '../source/dashboard-source.js'
import { lookBack, type Looking, lookNow } from '../view/looking.js'

/** What every read of the API starts from. */
export interface ReadContext {
  readonly source: DashboardSource
  readonly folds: LogFolds
  readonly past: PastFolds
}

function startOf(source: DashboardSource, book: BookPlace): FoldStart {
  return { config: source.configOf(book), closingRules: source.closingRules }
}

/** A context that has read nothing yet. */
export function createReadContext(source: DashboardSource): ReadContext {
  return { source, folds: new LogFolds(source.store, source), past: new PastFolds(source.store) }
}

/** Now: the venue's time, or for a recording the time of its newest event. */
export function nowOf({ source, folds }: ReadContext): number {
  return source.now() ?? folds.time
}

function look(context: ReadContext, fold: BookFold): Looking {
  return lookNow(fold, context.source.circumstancesOf(fold.book), nowOf(context))
}

/** Every book as far as its log was read, at the newest mark. Asks the store nothing. */
export function lookAtKnown(context: ReadContext): readonly Looking[] {
  return [...context.folds.known.values()].map((fold) => look(context, fold))
}

/** Brings all books up to date; the answer says why that was not possible, `null` = it was. */
export async function tryCatchUp({ folds, source }: ReadContext): Promise<string | null> {
  try {
    await folds.catchUp()
    return null
  } catch (error) {
    if (source.live === null) throw error
    return error instanceof Error ? error.message : String(error)
  }
}

/** Every book as it is now. */
export async function lookAtAll(context: ReadContext): Promise<readonly Looking[]> {
  await context.folds.catchUp()
  return lookAtKnown(context)
}

/** A book as it is now. @throws {RequestError} `dashboard.unknown-book` */
export async function lookAt(context: ReadContext, { account, symbol }: BookPlace): Promise<Looking> {
  const folds = await context.folds.catchUp()
  const fold = folds.get(`${account}/${symbol}`)
  if (fold !== undefined) return look(context, fold)
  throw new RequestError('dashboard.unknown-book', `no book ${account}/${symbol} is in this log`, {
    status: 404,
    advice:
      folds.size === 0 ? 'nothing has been recorded yet' : `there are ${[...folds.keys()].slice(0, 20).join(', ')}`,
  })
}

/** A book and how far its log goes. */
export interface LookedAt {
  readonly looking: Looking
  readonly newestVersion: number
}

/**
 * A book now (`null`), or as it was after some of its events.
 *
 * @throws {RequestError} `dashboard.unknown-book`, `dashboard.unknown-version`
 */
export async function lookAtVersion(context: ReadContext, book: BookPlace, version: number | null): Promise<LookedAt> {
  const looking = await lookAt(context, book)
  const newestVersion = looking.fold.book.version
  if (version === null || version === newestVersion) return { looking, newestVersion }
  const fold =
    version >= 1 && version < newestVersion
      ? await context.past.at(`${book.account}/${book.symbol}`, version, startOf(context.source, book))
      : null
  if (fold !== null) return { looking: lookBack(fold, context.source.circumstancesOf(book)), newestVersion }
  throw new RequestError('dashboard.unknown-version', `expected a version from 1 to ${newestVersion}, got ${version}`, {
    status: 404,
    advice: 'leave the version away to see the book as it is now',
  })
}
