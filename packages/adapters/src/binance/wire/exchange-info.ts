import { readRequest } from '../../transport/api-request.js'

export { parseExchangeInfo } from '../../fapi/wire/exchange-info.js'

/** `GET /fapi/v1/exchangeInfo`: all symbols, whatever is asked for. */
export const exchangeInfoRequest = readRequest({ path: '/fapi/v1/exchangeInfo', weight: 1, security: 'none' })
