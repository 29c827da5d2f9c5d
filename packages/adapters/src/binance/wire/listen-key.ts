import type { ApiRequest } from '../../transport/api-request.js'
import { recordOf, text } from '../../wire/wire-fields.js'
import { weighing } from '../limits.js'

const of = (method: ApiRequest['method']): ApiRequest => ({
  method,
  path: '/fapi/v1/listenKey',
  params: [],
  security: 'key',
  cost: weighing(1),
  priority: 'ordinary',
})

/** `POST /fapi/v1/listenKey`: the key that is valid already, extended, or a new one. */
export const createListenKeyRequest = of('POST')

/** `PUT /fapi/v1/listenKey`: 60 min more. -1125 = ask for a new one. */
export const extendListenKeyRequest = of('PUT')

/** @throws {InputError} `venue.payload.malformed` */
export function parseListenKey(value: unknown): string {
  return text(recordOf(value, 'listenKey'), 'listenKey')
}
