import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { integer, recordOf } from '../../wire/wire-fields.js'
import { weighing } from '../limits.js'

/** `POST /fapi/v1/leverage` */
export function leverageRequest(symbol: string, leverage: number): ApiRequest {
  const params = paramsOf({ symbol, leverage })
  return {
    method: 'POST',
    path: '/fapi/v1/leverage',
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'ordinary',
  }
}

/** The leverage that is in force now. @throws {InputError} `venue.payload.malformed` */
export function parseLeverage(value: unknown): number {
  return integer(recordOf(value, 'leverage'), 'leverage')
}
