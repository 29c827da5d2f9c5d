import { readRequest } from '../../transport/api-request.js'
import { integer, recordOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v1/time` */
export const serverTimeRequest = readRequest({ path: '/fapi/v1/time', weight: 1, security: 'none' })

/** Epoch ms. @throws {InputError} `venue.payload.malformed` */
export function parseServerTime(value: unknown): number {
  return integer(recordOf(value, 'time'), 'serverTime')
}
