import type { DecisionContext, InvariantError, SymbolConfig } from '@tranchebook/core'
import { adoptingConfig } from './adopting-config.js'
import type { LoopHost } from './loop-host.js'

/** What of a book a decision looks at besides the book itself. */
export interface BookCircumstances {
  readonly symbol: string
  readonly config: SymbolConfig
  readonly market: DecisionContext['market']
  readonly isLate: boolean
  /** Take over what the venue holds, whatever the drift policy and tolerance. */
  readonly isAdopting: boolean
  readonly leastIntent: number
}

/**
 * What a decision of a book may look at now. One is made for every mark, so what is dear to know is asked for only where a
 * decision looks at it; everything is as it is then, so a context must not outlive its decision.
 */
export class BookContext implements DecisionContext {
  readonly config: SymbolConfig
  readonly market: DecisionContext['market']
  readonly isLate: boolean
  readonly leastIntent: number
  private readonly host: LoopHost
  private readonly symbol: string

  constructor(host: LoopHost, { symbol, config, market, isLate, isAdopting, leastIntent }: BookCircumstances) {
    this.config = isAdopting ? adoptingConfig(config) : config
    this.market = market
    this.isLate = isLate
    this.leastIntent = leastIntent
    this.host = host
    this.symbol = symbol
  }

  get limits(): DecisionContext['limits'] {
    return this.host.limits
  }

  get instrument(): DecisionContext['instrument'] {
    return this.host.instrumentOf(this.symbol)
  }

  get account(): DecisionContext['account'] {
    return this.host.summaryWithout(this.symbol)
  }

  get readiness(): DecisionContext['readiness'] {
    return this.host.readinessOf(this.symbol)
  }

  get sending(): DecisionContext['sending'] {
    return this.host.sending
  }

  get conditionalRoom(): DecisionContext['conditionalRoom'] {
    return this.host.conditionalRoom()
  }

  get closingRules(): DecisionContext['closingRules'] {
    return this.host.closingRules
  }

  onBrokenRule(rule: string, error: InvariantError): void {
    this.host.onBrokenRule(rule, error)
  }
}
