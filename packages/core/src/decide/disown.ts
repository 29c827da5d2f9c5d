import type { Because } from '../book/because.js'
import type { Tranche } from '../book/tranche.js'
import { averagePrice, NO_MONEY } from '../money/money.js'
import { type Decision, record } from './decision.js'
import { reduceTranche } from './reduce-tranche.js'

/**
 * Gives a tranche up without an order: what the venue holds of it is somebody else's from now on. At its own average entry, so that
 * nothing is realized; a closing fill that comes later shows what became of it. The drift policy `ADOPT` becomes `ALERT`, or the next
 * comparison would take the tranche in again.
 */
export function disownTranche(decision: Decision, tranche: Tranche, because: Because): void {
  reduceTranche(decision, tranche, {
    quantity: tranche.quantity,
    price: averagePrice(tranche.cost, tranche.quantity, 'nearest'),
    fee: NO_MONEY,
    feeAsset: decision.context.instrument.quoteAsset,
    tradeId: null,
    reason: 'disowned',
    evidence: 'position',
    level: null,
    isLiquidation: false,
    venue: null,
    because,
  })
  if (decision.context.config.driftPolicy === 'ADOPT')
    record(decision, { type: 'ConfigurationChanged', options: { driftPolicy: 'ALERT' } }, { because })
}
