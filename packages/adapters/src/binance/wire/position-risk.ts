import { parsePositionRow, type PositionRow } from '../../fapi/wire/position-row.js'
import { readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v3/positionRisk`: only symbols with a position or with open orders. */
export const positionRiskRequest = readRequest({ path: '/fapi/v3/positionRisk', weight: 5 })

/** @throws {InputError} `venue.payload.malformed` */
export function parsePositionRisk(value: unknown): readonly PositionRow[] {
  return listOf(value, 'positionRisk').map(parsePositionRow)
}
