import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { flag, recordOf } from '../../wire/wire-fields.js'
import { weighing } from '../limits.js'

const PATH = '/fapi/v1/positionSide/dual'

/** `GET /fapi/v1/positionSide/dual` */
export const positionModeRequest = readRequest({ path: PATH, weight: 30 })

/** True = hedge mode. @throws {InputError} `venue.payload.malformed` */
export function parsePositionMode(value: unknown): boolean {
  return flag(recordOf(value, 'position mode'), 'dualSidePosition')
}

/** `POST /fapi/v1/positionSide/dual`: changes the account's other futures as well. */
export function changePositionModeRequest(isHedge: boolean): ApiRequest {
  const params = paramsOf({ dualSidePosition: isHedge })
  return { method: 'POST', path: PATH, params, security: 'signed', cost: weighing(1), priority: 'ordinary' }
}
