import type { InvariantError } from '../errors.js'
import type { DecisionContext, ObservedMark } from './context.js'

/** A context with another mark. What is dear to know is still asked for only where a decision looks at it. */
export class AtMark implements DecisionContext {
  readonly market: ObservedMark | null
  private readonly base: DecisionContext

  constructor(base: DecisionContext, market: ObservedMark | null) {
    this.base = base
    this.market = market
  }

  get config(): DecisionContext['config'] {
    return this.base.config
  }

  get limits(): DecisionContext['limits'] {
    return this.base.limits
  }

  get instrument(): DecisionContext['instrument'] {
    return this.base.instrument
  }

  get account(): DecisionContext['account'] {
    return this.base.account
  }

  get readiness(): DecisionContext['readiness'] {
    return this.base.readiness
  }

  get sending(): DecisionContext['sending'] {
    return this.base.sending
  }

  get conditionalRoom(): DecisionContext['conditionalRoom'] {
    return this.base.conditionalRoom
  }

  get closingRules(): DecisionContext['closingRules'] {
    return this.base.closingRules
  }

  onBrokenRule(rule: string, error: InvariantError): void {
    this.base.onBrokenRule?.(rule, error)
  }

  get leastIntent(): number {
    return this.base.leastIntent ?? 1
  }

  get isLate(): DecisionContext['isLate'] {
    return this.base.isLate
  }
}
