import { plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, shareOf } from '../money/money.js'
import { NO_QUANTITY } from '../money/quantity.js'
import type { TrancheRecord } from './tranche-record.js'

/** Gross result of one take-profit level, quote. */
export interface LevelResult {
  /** 1-based. */
  readonly level: number
  /** `null` = not known, because a live tranche does not keep which exit counted toward which level. */
  readonly realizedPnl: Money | null
}

/** What each level of a tranche earned: the results of the exits that counted toward it, by quantity. */
export function levelResults(record: TrancheRecord): readonly LevelResult[] {
  return record.levels.map(({ filled }, index) => {
    let realizedPnl = NO_MONEY
    let counted = NO_QUANTITY
    for (const reduction of record.reductions)
      for (const { level, quantity } of reduction.levels) {
        if (level !== index + 1) continue
        realizedPnl = plus(realizedPnl, shareOf(reduction.realizedPnl, quantity, reduction.quantity))
        counted = plus(counted, quantity)
      }
    return { level: index + 1, realizedPnl: counted === filled ? realizedPnl : null }
  })
}
