import { integer, recordOf } from '../../wire/wire-fields.js'

/** The leverage that is in force now. @throws {InputError} `venue.payload.malformed` */
export function parseLeverage(value: unknown): number {
  return integer(recordOf(value, 'leverage'), 'leverage')
}
