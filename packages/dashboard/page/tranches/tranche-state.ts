import type { TrancheRow } from '../../src/api/index.js'

/** A state by shape and word. */
export interface StateWords {
  readonly sign: string
  readonly words: string
}

/** State of a tranche: ● active, ◐ isolated, ○ closed. */
export function stateWords({ status, isolated }: Pick<TrancheRow, 'status' | 'isolated'>): StateWords {
  switch (status) {
    case 'active':
      return isolated ? { sign: '◐', words: 'isolated' } : { sign: '●', words: 'active' }
    case 'closed':
      return { sign: '○', words: 'closed' }
    case 'liquidated':
      return { sign: '⊗', words: 'liquidated' }
    case 'merged':
      return { sign: '⇉', words: 'merged' }
  }
}
