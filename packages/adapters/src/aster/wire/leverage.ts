import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** `POST /fapi/v3/leverage` */
export function leverageRequest(version: AsterVersion, symbol: string, leverage: number): ApiRequest {
  const params = paramsOf({ symbol, leverage })
  return {
    method: 'POST',
    path: pathOf(version, 'leverage'),
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'ordinary',
  }
}
