import type { Verdict } from '../transport/verdict.js'

/**
 * Whether the venue refused a list for its signature. No source settles whether it checks the encoded text or the raw one; the two differ
 * in lists only. Nothing of the list was carried out, and each of its orders may go by itself.
 */
export function isListRefused(verdict: Verdict): boolean {
  return verdict.outcome === 'refused' && verdict.reason === 'credentials'
}
