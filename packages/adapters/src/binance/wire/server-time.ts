import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { integer, recordOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v1/time`: without it no stop can be signed, so that it may spend the reserve. */
export const serverTimeRequest: ApiRequest = {
  ...readRequest({ path: '/fapi/v1/time', weight: 1, security: 'none' }),
  priority: 'protection',
}

/** Epoch ms. @throws {InputError} `venue.payload.malformed` */
export function parseServerTime(value: unknown): number {
  return integer(recordOf(value, 'time'), 'serverTime')
}
