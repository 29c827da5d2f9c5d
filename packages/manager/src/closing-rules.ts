import { CLOSING_RULES, type ClosingRule, InvariantError, type TranchebookConfig } from '@tranchebook/core'

/** A book that meets an unknown rule halts at its first closing fill: so none is opened. @throws {InvariantError} `closing.rule-unknown` */
export function assertClosingRules(
  { defaults, symbols }: TranchebookConfig,
  registered: ReadonlyMap<string, ClosingRule> = new Map(),
): void {
  const known: readonly string[] = [...CLOSING_RULES, ...registered.keys()]
  const places = [['defaults', defaults] as const, ...Object.entries(symbols)]
  for (const [place, { closingStrategy: rule }] of places)
    if (!known.includes(rule))
      throw new InvariantError(
        'closing.rule-unknown',
        `expected ${place} to close by one of ${known.join(', ')}, got ${rule}: register it in the manager's closingRules`,
        { details: { place, rule, known } },
      )
}
