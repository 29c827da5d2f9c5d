import type { AttentionReason } from '../../src/api/index.js'

/** What each reason for a look is called, and its sign. */
export const ATTENTION: Readonly<Record<AttentionReason, { readonly sign: string; readonly words: string }>> = {
  halted: { sign: '■', words: 'halted' },
  unprotected: { sign: '⚠', words: 'unprotected' },
  unknownOrder: { sign: '?', words: 'order unknown' },
  conflict: { sign: '≠', words: 'conflict' },
  drift: { sign: '≈', words: 'drift' },
  isolated: { sign: '◐', words: 'isolated' },
  paused: { sign: '‖', words: 'paused' },
}
