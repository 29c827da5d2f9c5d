import { type CommandInput, emptyBook, InputError, parseInput } from '@tranchebook/core'
import { beginFold } from '../fold/book-fold.js'
import { lookAtAll, nowOf, type ReadContext } from '../read/read-context.js'
import { RequestError } from '../request-error.js'
import type { LiveAccount } from '../source/dashboard-source.js'
import { lookNow, type Looking } from '../view/looking.js'
import type { ParsedAction, ParsedCommand } from './parse-action.js'

/** The running account that an action is for. @throws {RequestError} `dashboard.read-only`, `dashboard.unknown-book` */
export function liveAccountOf(
  { source: { live, title } }: ReadContext,
  { account, symbol }: ParsedAction,
): LiveAccount {
  if (live === null)
    throw new RequestError('dashboard.read-only', `expected a running account, got the recording ${title}`, {
      status: 409,
      advice: 'a recording can be looked at only: ask the process that owns the account',
    })
  if (account === live.account && (symbol === null || live.symbols().includes(symbol))) return live
  throw new RequestError(
    'dashboard.unknown-book',
    `expected a book of ${live.account}, got ${account}/${symbol ?? ''}`,
    {
      status: 404,
      advice: `managed are ${live.symbols().join(', ')}`,
    },
  )
}

/** Symbols that an action concerns. */
export function symbolsOf(live: LiveAccount, { symbol }: ParsedAction): readonly string[] {
  return symbol === null ? live.symbols() : [symbol]
}

/** Every book, and the one of a symbol; a managed book that has recorded nothing yet is empty. */
export async function lookForAction(
  context: ReadContext,
  account: string,
  symbol: string,
): Promise<{ readonly looking: Looking; readonly all: readonly Looking[] }> {
  const all = await lookAtAll(context)
  const known = all.find(({ fold }) => fold.book.account === account && fold.book.symbol === symbol)
  if (known !== undefined) return { looking: known, all }
  const circumstances = context.source.circumstancesOf({ account, symbol })
  const positionMode = context.source.live?.state().positionMode ?? 'HEDGE'
  const fold = beginFold(emptyBook({ account, symbol, positionMode }), {
    config: context.source.configOf({ account, symbol }),
    closingRules: context.source.closingRules,
  })
  return { looking: lookNow(fold, circumstances, nowOf(context)), all }
}

/** The command as an input of its book, or what is wrong with it. */
export function commandInput(
  { account, fields }: ParsedCommand,
  looking: Looking,
  actor: string,
): CommandInput | string {
  const { symbol, positionMode } = looking.fold.book
  try {
    const raw = { ...fields, type: 'command', time: looking.now, symbol, account, actor }
    const input = parseInput(raw, { account, positionMode, sequence: 0 })
    return input.type === 'command' ? input : `command: expected one, got ${input.type}`
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}
