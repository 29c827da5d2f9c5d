import { type DecimalText, formatMoney, minus, type Money, NO_MONEY, notional, plus } from '@tranchebook/core'
import type { EquityCheck } from '@tranchebook/manager'
import type { EquityIdentity } from '../api/reconciliation-view.js'
import type { Looking } from '../view/looking.js'
import { presentSummary } from '../view/present-summary.js'
import { sumKnown } from '../view/sum-amounts.js'
import { lookAtAll, type ReadContext } from './read-context.js'

/** What average cost realized beyond what our tranches did. */
function bridgeOf({ fold: { book } }: Looking): DecimalText {
  const { LONG, SHORT, BOTH } = book.averageCost
  const average = [LONG, SHORT, BOTH].reduce<Money>((sum, { realizedPnl }) => plus(sum, realizedPnl), NO_MONEY)
  return formatMoney(minus(average, plus(book.groups.LONG.realizedPnl, book.groups.SHORT.realizedPnl)))
}

/** At average cost; `null` = the mark is unknown. */
function unrealizedOf({ fold: { book }, mark }: Looking): DecimalText | null {
  const { LONG, SHORT, BOTH } = book.averageCost
  const held = [LONG, SHORT, BOTH].filter(({ quantity }) => quantity !== 0n)
  if (held.length === 0) return '0'
  if (mark === null) return null
  return formatMoney(
    held.reduce<Money>((sum, { quantity, cost }) => plus(sum, minus(notional(mark, quantity), cost)), NO_MONEY),
  )
}

type Check = Pick<EquityIdentity, 'difference' | 'isAlarm' | 'checkedTime' | 'baselineTime'>

function checkOf(check: EquityCheck | null): Check {
  if (check === null) return { difference: null, isAlarm: false, checkedTime: null, baselineTime: null }
  const { difference, isAlarm, time: checkedTime, baselineTime } = check
  return { difference: formatMoney(difference), isAlarm, checkedTime, baselineTime }
}

/** What the wallet and the books of one account say, both at average cost as venues account. */
export async function readEquity(context: ReadContext, account: string, asset: string): Promise<EquityIdentity> {
  const all = await lookAtAll(context)
  const books = all.filter(({ fold, instrument }) => fold.book.account === account && instrument.quoteAsset === asset)
  const unrealized = sumKnown(books.map(unrealizedOf))
  const state = context.source.live?.state() ?? null
  const wallet = state?.balances.find((balance) => balance.asset === asset)?.walletBalance ?? null
  const check = state?.equityCheck ?? null
  return {
    wallet,
    asset,
    booked: sumKnown(books.flatMap((book) => [presentSummary(book).netPnl, bridgeOf(book)])),
    unrealized,
    equity: sumKnown([wallet, unrealized]),
    ...checkOf(check?.asset === asset ? check : null),
  }
}
