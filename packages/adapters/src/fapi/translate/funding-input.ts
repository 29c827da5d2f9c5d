import { type FundingInput, parseMoney } from '@tranchebook/core'
import type { IncomeRow } from '../wire/income-row.js'

/** One payment. Ids of the venue are unique per type only, so that special payments carry theirs. */
export function translateFunding(row: IncomeRow, account: string, symbol: string): FundingInput {
  const fundingId = row.incomeType === 'FUNDING_FEE' ? row.tranId : `${row.incomeType}:${row.tranId}`
  return {
    type: 'funding',
    id: `funding:${fundingId}`,
    time: row.time,
    account,
    symbol: row.symbol ?? symbol,
    amount: parseMoney(row.income),
    asset: row.asset,
    fundingId,
    positionSide: null,
  }
}
