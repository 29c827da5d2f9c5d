import { INCOME_PAGE } from '../../binance/wire/income.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { INCOME_PAGE, parseIncome } from '../../binance/wire/income.js'

/** A span of one symbol's funding. */
export interface FundingTerms {
  readonly symbol: string
  readonly startTime: number
  readonly endTime: number
}

/** `GET /fapi/v3/income`: without times only the last 7 days come. */
export function fundingRequest(version: AsterVersion, { symbol, startTime, endTime }: FundingTerms): ApiRequest {
  const params = paramsOf({ symbol, incomeType: 'FUNDING_FEE', startTime, endTime, limit: INCOME_PAGE })
  return readRequest({ path: pathOf(version, 'income'), weight: 30, params })
}
