import { ALL_PERCENT, asPrice, divide, formatPrice, parsePercent, parsePrice, type Price } from '@tranchebook/core'
import type { LadderTarget, LadderTranche } from '../ladder/ladder-view.js'
import type { Draft } from './changed-options.js'
import type { SettingValue } from './field-schema.js'

/** Which tranche is imagined. */
export interface PreviewTerms {
  /** Quote per base, decimal text. */
  readonly entryPrice: string
  readonly side: 'LONG' | 'SHORT'
  readonly name: string
}

const DECIMAL = /^\d+(\.\d+)?$/

function decimalOf(value: SettingValue | undefined): string | null {
  return (typeof value === 'string' || typeof value === 'number') && DECIMAL.test(`${value}`) ? `${value}` : null
}

/** A price so many percent beyond another, before the tick. */
function beyond(price: Price, percent: string, sign: bigint): string {
  return formatPrice(asPrice(divide(price * (ALL_PERCENT + sign * parsePercent(percent)), ALL_PERCENT, 'nearest')))
}

function targetsOf(options: Draft, terms: PreviewTerms): readonly LadderTarget[] {
  const { enableScaledTakeProfit, scaledTpLevels, tpPercent } = options
  const entry = parsePrice(terms.entryPrice)
  const sign = terms.side === 'LONG' ? 1n : -1n
  if (enableScaledTakeProfit === true && typeof scaledTpLevels === 'object' && scaledTpLevels !== null) {
    return scaledTpLevels.flatMap((level, index) => {
      const [profit, share] = [decimalOf(level.profitPercent), decimalOf(level.closePercent)]
      if (profit === null || share === null) return []
      const price = beyond(entry, profit, sign)
      return [{ level: index + 1, price, sharePercent: share, quantity: share, isHit: false }]
    })
  }
  const percent = decimalOf(tpPercent)
  if (percent === null) return []
  return [{ level: null, price: beyond(entry, percent, sign), sharePercent: null, quantity: '100', isHit: false }]
}

/** The next tranche as some settings would protect it, for a picture: prices before the tick, its quantity as 100. */
export function previewTranche(options: Draft, terms: PreviewTerms): LadderTranche {
  const { slPercent } = options
  const sign = terms.side === 'LONG' ? -1n : 1n
  const distance = decimalOf(slPercent)
  return {
    id: terms.name,
    label: null,
    side: terms.side,
    isIsolated: false,
    waitsFor: null,
    entryPrice: terms.entryPrice,
    quantity: '100',
    originalQuantity: '100',
    stopPrice: distance === null ? null : beyond(parsePrice(terms.entryPrice), distance, sign),
    stopText: distance === null ? 'no stop' : `stop ${sign < 0n ? '−' : '+'}${distance} %`,
    targets: targetsOf(options, terms),
    pnlPercent: null,
  }
}
