import { configFor, streamOf } from '@tranchebook/core'
import { BOOK_RULES } from '../book/book-rules.js'
import { recoverBook, type RecoveredBook, type RecoverSetup } from '../book/recover-book.js'
import { ManagerError } from '../manager-error.js'
import type { EngineOptions } from '../manager-options.js'
import { describeDamage } from './describe-damage.js'
import { beginningOf } from '../reconcile/known-history.js'

/** A book as the log has it, and since when. */
export interface PreparedBook {
  readonly setup: RecoverSetup
  readonly recovered: RecoveredBook
  /** From when on trades and funding count where the book knows none, epoch ms. */
  readonly beginning: number
}

/** What an account is prepared from. */
export type Asked = Pick<EngineOptions, 'account' | 'store' | 'config' | 'closingRules' | 'verifyLog' | 'rules'>

/** @throws {ManagerError} `manager.log-damaged` */
async function assertIntact({ store, account }: Asked): Promise<void> {
  const report = await store.verify({ account })
  const { status, firstBad } = report
  if (status === 'clean') return
  throw new ManagerError('manager.log-damaged', describeDamage(report), { details: { status, firstBad } })
}

/** Configured symbols, and those the log knows: a position does not end because a line of configuration was removed. */
export async function symbolsOf({ account, config, store }: Asked): Promise<readonly string[]> {
  const { streams } = await store.takeAnchor()
  const prefix = streamOf({ account, symbol: '' })
  const recorded = streams.map(({ stream }) => stream).filter((stream) => stream.startsWith(prefix))
  return [...new Set([...Object.keys(config.symbols), ...recorded.map((stream) => stream.slice(prefix.length))])]
}

/** Reads one book. One without a log begins at `earliest`, the venue's time. @throws {ManagerError} `manager.position-mode` */
export async function prepareBook(asked: Asked, symbol: string, earliest: number): Promise<PreparedBook> {
  const { account, config, store, closingRules, rules = BOOK_RULES } = asked
  const identity = { account, symbol, positionMode: config.positionMode }
  const known = { closingRules: [...(closingRules?.keys() ?? [])] }
  const setup: RecoverSetup = { identity, config: configFor(config, symbol), known, rules }
  const recovered = await recoverBook(store, setup)
  if (recovered.book.positionMode !== config.positionMode)
    throw new ManagerError(
      'manager.position-mode',
      `expected ${streamOf(identity)} to be kept in position mode ${config.positionMode}, its log says ${recovered.book.positionMode}: a book cannot change its mode; use another account name for the new mode`,
      { details: { expected: config.positionMode, actual: recovered.book.positionMode } },
    )
  return { setup, recovered, beginning: (await beginningOf(store, streamOf(identity))) ?? earliest }
}

/**
 * Reads the books of an account from its log. Those without one begin at `earliest`, the venue's time.
 *
 * @throws {ManagerError} `manager.log-damaged`, `manager.position-mode`
 */
export async function prepareBooks(asked: Asked, earliest: number): Promise<readonly PreparedBook[]> {
  if (asked.verifyLog !== false) await assertIntact(asked)
  const books: PreparedBook[] = []
  for (const symbol of await symbolsOf(asked)) books.push(await prepareBook(asked, symbol, earliest))
  return books
}
