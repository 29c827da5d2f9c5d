import { readRequest } from '../../transport/api-request.js'

export { parseBalances } from '../../fapi/wire/balance-row.js'

/** `GET /fapi/v3/balance` */
export const balancesRequest = readRequest({ path: '/fapi/v3/balance', weight: 5 })
