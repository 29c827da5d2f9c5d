import { readRequest } from '../../transport/api-request.js'
import { flag, recordOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v1/positionSide/dual` */
export const positionModeRequest = readRequest({ path: '/fapi/v1/positionSide/dual', weight: 30 })

/** True = hedge mode. @throws {InputError} `venue.payload.malformed` */
export function parsePositionMode(value: unknown): boolean {
  return flag(recordOf(value, 'position mode'), 'dualSidePosition')
}
