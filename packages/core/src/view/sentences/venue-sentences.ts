import { formatDuration } from '../time-text.js'
import type { Sentences } from './sentence.js'

/** Reconciliation and protection. */
export const VENUE_SENTENCES: Sentences<
  | 'PositionChecked'
  | 'DriftDetected'
  | 'DriftResolved'
  | 'ConflictDetected'
  | 'ConflictResolved'
  | 'ProtectionLost'
  | 'ProtectionRestored'
  | 'ProtectionDegraded'
> = {
  PositionChecked: ({ positionSide, quantity, ours, status, isSettled }, show) => {
    const held = `the venue holds ${show.quantity(quantity)} ${positionSide}`
    if (quantity === ours) return `${held}, as we do`
    const differing = `${held}, we hold ${show.quantity(ours)}`
    if (status === 'synced') return `${differing}: within driftTolerancePercent, so it stays as it is`
    return isSettled ? differing : `${differing}; looking again before acting`
  },
  DriftDetected: ({ positionSide, ours, venue, policy }, show) =>
    `drift: ${show.quantity(ours)} ${positionSide} here, ${show.quantity(venue)} at the venue; policy ${policy}`,
  DriftResolved: ({ positionSide, how }) =>
    `the ${positionSide} position is in sync again: ${how === 'adopted' ? "the venue's figure was taken over" : how}`,
  ConflictDetected: ({ code, message }) => `conflict ${code}: ${message}`,
  ConflictResolved: ({ note }) => `the conflict was resolved by a person${note === null ? '' : `: ${note}`}`,
  ProtectionLost: ({ side, quantity, reason }, show) =>
    `UNPROTECTED: no stop rests for ${show.quantity(quantity)} ${side}: ${reason}`,
  ProtectionRestored: ({ forMs }) => `protected again, after ${formatDuration(forMs)}`,
  ProtectionDegraded: ({ side, step, reason }) => `coarser protection for ${side}, ${step}: ${reason}`,
}
