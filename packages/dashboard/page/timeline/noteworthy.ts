import type { TimelineEntry, TimelineGroup } from '../../src/api/index.js'

/** What a trader wants to know without asking; the rest is how it was done. */
const NOTEWORTHY: ReadonlySet<TimelineEntry['type']> = new Set<TimelineEntry['type']>([
  'FillBooked',
  'FundingBooked',
  'TrancheOpened',
  'TrancheIncreased',
  'TrancheReduced',
  'TrancheClosed',
  'TrancheLiquidated',
  'TrancheIsolated',
  'TrancheReleased',
  'TrancheMerged',
  'TrancheLabelled',
  'TrancheAnnotated',
  'StopMoved',
  'TakeProfitMoved',
  'TakeProfitReached',
  'DriftDetected',
  'DriftResolved',
  'ConflictDetected',
  'ConflictResolved',
  'RepairRequested',
  'ConfigurationChanged',
  'EntryRefused',
  'CommandRefused',
  'TradingPaused',
  'TradingResumed',
  'OrderRefused',
  'OrderOutcomeUnknown',
  'ProtectionDegraded',
])

/** Groups with what is noteworthy in them, told in one line each; groups without any are left out. */
export function noteworthyGroups(groups: readonly TimelineGroup[]): readonly TimelineGroup[] {
  return groups.flatMap((group) => {
    const entries = group.entries.filter(({ type }) => NOTEWORTHY.has(type))
    if (entries.length === 0) return []
    return [{ ...group, headline: entries.map(({ sentence }) => sentence).join(' → ') }]
  })
}
