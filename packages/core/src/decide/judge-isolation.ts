import type { Because } from '../book/because.js'
import type { Tranche } from '../book/tranche.js'
import { formatMoney } from '../money/money.js'
import { asPercent, formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import {
  hasRecovered,
  holdingOf,
  mayRelease,
  mustIsolate,
  partialCloseQuantity,
  recoveryPercent,
} from '../policy/isolation.js'
import { pnlPercentAt } from '../policy/pnl.js'
import { type Decision, record } from './decision.js'
import { intendExit, maySendExits } from './intend-exit.js'
import { observedAt } from './observed-tranche.js'

/** Marks a tranche as isolated and takes the configured action. */
export function isolate(decision: Decision, tranche: Tranche, because: { mark: Price | null; because: Because }): void {
  const { config, instrument } = decision.context
  const { mark } = because
  record(
    decision,
    {
      type: 'TrancheIsolated',
      tranche: tranche.id,
      side: tranche.side,
      price: mark === null ? null : formatPrice(mark),
      pnlPercent: mark === null ? null : formatPercent(pnlPercentAt(holdingOf(tranche), mark)),
    },
    { because: because.because },
  )
  if (!maySendExits(decision)) return
  if (config.isolationAction === 'REDUCE_LEVERAGE' && decision.book.leverage !== config.isolationLeverage)
    record(
      decision,
      { type: 'LeverageIntended', leverage: config.isolationLeverage, reason: 'isolation' },
      {
        because: {
          rule: 'isolationAction.REDUCE_LEVERAGE',
          configured: { isolationLeverage: config.isolationLeverage },
        },
      },
    )
  if (config.isolationAction === 'PARTIAL_CLOSE')
    intendExit(decision, tranche, {
      quantity: partialCloseQuantity(tranche, config, instrument),
      price: null,
      reason: 'isolation',
      level: null,
      because: {
        rule: 'isolationAction.PARTIAL_CLOSE',
        configured: {
          isolationClosePercent: formatPercent(config.isolationClosePercent),
          isolatedTrancheMinMargin:
            config.isolatedTrancheMinMargin === null ? null : formatMoney(config.isolatedTrancheMinMargin),
        },
      },
    })
}

/** Isolates a tranche that has lost too much, releases one that is well again. */
export function judgeIsolation(decision: Decision, tranche: Tranche, mark: Price): void {
  const { config } = decision.context
  if (mustIsolate(tranche, mark, config)) {
    const configured = {
      trancheIsolationThreshold: formatPercent(config.trancheIsolationThreshold),
      isolationAction: config.isolationAction,
    }
    isolate(decision, tranche, {
      mark,
      because: { rule: 'isolation', configured, observed: observedAt(tranche, mark) },
    })
  } else if (mayRelease(tranche, mark, config)) {
    const configured = { isolationReleasePercent: formatPercent(config.isolationReleasePercent ?? asPercent(0n)) }
    const pnlPercent = formatPercent(pnlPercentAt(holdingOf(tranche), mark))
    record(
      decision,
      { type: 'TrancheReleased', tranche: tranche.id, side: tranche.side, price: formatPrice(mark), pnlPercent },
      { because: { rule: 'isolationRelease', configured, observed: observedAt(tranche, mark) } },
    )
  }
}

/** Closes an isolated tranche that has recovered, where that is wanted. */
export function judgeRecovery(decision: Decision, tranche: Tranche, mark: Price): void {
  const { config } = decision.context
  if (!hasRecovered(tranche, mark, config) || !maySendExits(decision)) return
  intendExit(decision, tranche, {
    quantity: tranche.quantity,
    price: null,
    reason: 'recovery',
    level: null,
    because: {
      rule: 'trancheAutoCloseIsolated',
      configured: {
        trancheRecoveryThreshold: formatPercent(config.trancheRecoveryThreshold),
        needed: formatPercent(recoveryPercent(tranche, config)),
      },
      observed: observedAt(tranche, mark),
    },
  })
}
