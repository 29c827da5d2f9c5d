import { InputError, type MarkInput } from '@tranchebook/core'
import type { MarkPriceUpdate } from '../wire/mark-price-update.js'
import { parseFigure } from './figure.js'

const USD_MARGINED = 1

/** Whether the update belongs to USD-M futures; streams of all symbols may mix in others. */
export function isUsdMargined(update: MarkPriceUpdate): boolean {
  return update.symbolType === null || update.symbolType === USD_MARGINED
}

/** @throws {InputError} `venue.payload.malformed` for a price of 0 or less: that is no price. */
export function translateMark(update: MarkPriceUpdate, account: string): MarkInput {
  const price = parseFigure(update.markPrice)
  if (price <= 0n)
    throw new InputError('venue.payload.malformed', `expected a mark price above 0, got ${update.markPrice}`)
  return { type: 'mark', id: `mark:${update.eventTime}`, time: update.eventTime, account, symbol: update.symbol, price }
}
