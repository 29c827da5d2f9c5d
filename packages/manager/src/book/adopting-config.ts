import { asPercent, type SymbolConfig } from '@tranchebook/core'

/** How a book is configured while it takes over what the venue holds: whatever its drift policy, and to the last step. */
export function adoptingConfig(config: SymbolConfig): SymbolConfig {
  return { ...config, driftPolicy: 'ADOPT', driftTolerancePercent: asPercent(0n) }
}
