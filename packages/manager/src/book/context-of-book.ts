import type { DecisionContext, SymbolConfig } from '@tranchebook/core'
import type { LoopHost } from './loop-host.js'

/** What of a book a decision looks at besides the book itself. */
export interface BookCircumstances {
  readonly symbol: string
  readonly config: SymbolConfig
  readonly market: DecisionContext['market']
  readonly isLate: boolean
  /** Take over what the venue holds, whatever the drift policy. */
  readonly isAdopting: boolean
}

/** What a decision of a book may look at now. */
export function contextOfBook(host: LoopHost, about: BookCircumstances): DecisionContext {
  const { symbol, config, market, isLate, isAdopting } = about
  return {
    config: isAdopting ? { ...config, driftPolicy: 'ADOPT' } : config,
    limits: host.limits,
    instrument: host.instrumentOf(symbol),
    // Asked for by entries only, and dear.
    get account() {
      return host.summaryWithout(symbol)
    },
    readiness: host.readinessOf(symbol),
    sending: host.sending,
    market,
    conditionalRoom: host.conditionalRoom(),
    closingRules: host.closingRules,
    isLate,
  }
}
