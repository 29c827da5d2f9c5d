import { type IncomeRow, parseIncomeRow } from '../../fapi/wire/income-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'

/** Rows of one page. */
export const INCOME_PAGE = 1000

/** Kinds of income that are funding. */
export type FundingType = 'FUNDING_FEE' | 'SPECIAL_FUNDING_FEE'

/** What to ask for. */
export interface IncomeTerms {
  readonly symbol: string
  readonly incomeType: FundingType
  readonly startTime: number
  readonly endTime: number
}

/** `GET /fapi/v1/income`: three months are kept; without times only the last 7 days come. */
export function incomeRequest({ symbol, incomeType, startTime, endTime }: IncomeTerms): ApiRequest {
  const params = paramsOf({ symbol, incomeType, startTime, endTime, limit: INCOME_PAGE })
  return readRequest({ path: '/fapi/v1/income', weight: 30, params })
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseIncome(value: unknown): readonly IncomeRow[] {
  return listOf(value, 'income').map(parseIncomeRow)
}
