import { integer, listOf, recordOf, text } from '../../wire/wire-fields.js'

/** The venue's warning before a liquidation. Best effort on its side: silence means nothing. */
export interface MarginCall {
  readonly eventTime: number
  readonly symbols: readonly string[]
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseMarginCall(value: unknown): MarginCall {
  const record = recordOf(value, 'MARGIN_CALL')
  return {
    eventTime: integer(record, 'E'),
    symbols: listOf(record['p'], 'p').map((position) => text(recordOf(position, 'p'), 's')),
  }
}
