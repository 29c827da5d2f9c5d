import { formatPrice, formatQuantity } from '@tranchebook/core'
import type { BookView, VersionStep } from '../api/book-view.js'
import { type Looking, priceDecimalsOf, quantityDecimalsOf } from './looking.js'
import { presentClosed, presentPanel } from './present-panel.js'
import { presentWorkingOrder } from './present-working-order.js'
import { usedSides } from './used-sides.js'

/** Which version a book is shown at. */
export interface Shown {
  readonly newestVersion: number
  readonly step: VersionStep | null
}

function baseAssetOf(symbol: string, quoteAsset: string): string {
  const [name = symbol] = symbol.split('_')
  return name.endsWith(quoteAsset) ? name.slice(0, -quoteAsset.length) : name
}

function instrumentOf({
  instrument,
}: Looking): Pick<
  BookView,
  'quoteAsset' | 'baseAsset' | 'priceDecimals' | 'quantityDecimals' | 'tickSize' | 'stepSize'
> {
  const { quoteAsset, symbol, tickSize, stepSize } = instrument
  return {
    quoteAsset,
    baseAsset: baseAssetOf(symbol, quoteAsset),
    priceDecimals: priceDecimalsOf(instrument),
    quantityDecimals: quantityDecimalsOf(instrument),
    tickSize: tickSize === 0n ? null : formatPrice(tickSize),
    stepSize: stepSize === 0n ? null : formatQuantity(stepSize),
  }
}

/** Everything the page shows of one book. */
export function presentBook(looking: Looking, { newestVersion, step }: Shown): BookView {
  const { fold, config, mark, markTime } = looking
  const { book, position } = fold
  return {
    account: book.account,
    symbol: book.symbol,
    version: book.version,
    newestVersion,
    isPast: book.version < newestVersion,
    position: String(position),
    time: book.time,
    positionMode: book.positionMode,
    ...instrumentOf(looking),
    mark: mark === null ? null : formatPrice(mark),
    markTime,
    conflict: book.conflict,
    pauses: [...book.pauses],
    unprotectedSince: book.unprotectedSince,
    rules: {
      closingStrategy: config.closingStrategy,
      protection: config.protection,
      stopLadder: config.stopLadder,
    },
    groups: usedSides(fold).map((side) => presentPanel(looking, side)),
    closedDays: presentClosed(looking),
    closedCount: fold.ended.length,
    orders: [...book.orders.values()].map(presentWorkingOrder),
    step,
  }
}
