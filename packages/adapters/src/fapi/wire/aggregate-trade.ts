import { decimal, flag, id, integer, recordOf, text } from '../../wire/wire-fields.js'

/** Trades of one taker at one price, as `aggTrade` has them. */
export interface AggregateTrade {
  readonly id: string
  readonly symbol: string
  readonly price: string
  readonly quantity: string
  readonly time: number
  readonly isBuyerMaker: boolean
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseAggregateTrade(value: unknown): AggregateTrade {
  const record = recordOf(value, 'trade')
  return {
    id: id(record, 'a'),
    symbol: text(record, 's'),
    price: decimal(record, 'p'),
    quantity: decimal(record, 'q'),
    time: integer(record, 'T'),
    isBuyerMaker: flag(record, 'm'),
  }
}
