import type { BookEvent, EventOf } from '../book/events.js'
import { parsePrice } from '../money/price.js'
import { priceOrNull } from '../evolve/event-texts.js'
import { recordIncreased, recordOpened } from './record-entries.js'
import { recordFunding, recordLateFee } from './record-fees.js'
import { recordEnded, recordMerged, recordReduced } from './record-exits.js'
import { recordIsolated, recordMark, recordReleased } from './record-isolation.js'
import { recordOrphanFees } from './orphan-fees.js'
import { recordEstimateReplaced } from './record-proofs.js'
import { emptyHistory, type TrancheHistory, type TrancheRecord } from './tranche-record.js'

/** Events that change one tranche after it opened. */
type TrancheEvent = EventOf<
  | 'TrancheIncreased'
  | 'TrancheReduced'
  | 'TrancheClosed'
  | 'TrancheLiquidated'
  | 'TrancheIsolated'
  | 'TrancheReleased'
  | 'TrancheMerged'
  | 'TrancheLabelled'
  | 'TrancheAnnotated'
  | 'StopMoved'
  | 'TakeProfitMoved'
  | 'TakeProfitReached'
>

function moveStop(record: TrancheRecord, event: EventOf<'StopMoved'>): void {
  record.stopPrice = parsePrice(event.to)
  record.stopRung = event.rung
  const best = priceOrNull(event.trailingBest)
  if (best !== null) record.trailing = { best }
}

function reachLevel(record: TrancheRecord, event: EventOf<'TakeProfitReached'>): void {
  const level = record.levels[event.level - 1]
  if (level !== undefined) level.hitTime ??= event.time
}

function recordTrancheEvent(history: TrancheHistory, record: TrancheRecord, event: TrancheEvent): void {
  switch (event.type) {
    case 'TrancheIncreased':
      return recordIncreased(record, event)
    case 'TrancheReduced':
      return recordReduced(record, event)
    case 'TrancheClosed':
    case 'TrancheLiquidated':
      return recordEnded(history, record, event)
    case 'TrancheIsolated':
      return recordIsolated(history, record, event)
    case 'TrancheReleased':
      return recordReleased(history, record, event)
    case 'TrancheMerged':
      return recordMerged(history, record, event)
    case 'TrancheLabelled':
      record.label = event.label
      return undefined
    case 'TrancheAnnotated':
      record.notes.push(event.note)
      return undefined
    case 'StopMoved':
      return moveStop(record, event)
    case 'TakeProfitMoved':
      record.takeProfitPrice = priceOrNull(event.to)
      return undefined
    case 'TakeProfitReached':
      return reachLevel(record, event)
  }
}

/** Folds one event into a history that the caller owns, in place. Events that tell nothing of a tranche change nothing. */
export function recordEvent(history: TrancheHistory, event: BookEvent): void {
  recordOrphanFees(history.orphans, event)
  switch (event.type) {
    case 'TrancheOpened':
      return recordOpened(history, event)
    case 'MarkObserved':
      return recordMark(history, event)
    case 'FundingBooked':
      return recordFunding(history, event)
    case 'FillFeeBooked':
      return recordLateFee(history, event)
    case 'EstimateReplaced':
      return recordEstimateReplaced(history, event)
    case 'TrancheIncreased':
    case 'TrancheReduced':
    case 'TrancheClosed':
    case 'TrancheLiquidated':
    case 'TrancheIsolated':
    case 'TrancheReleased':
    case 'TrancheMerged':
    case 'TrancheLabelled':
    case 'TrancheAnnotated':
    case 'StopMoved':
    case 'TakeProfitMoved':
    case 'TakeProfitReached': {
      const record = history.tranches.get(event.tranche)
      return record === undefined ? undefined : recordTrancheEvent(history, record, event)
    }
    default:
      return undefined
  }
}

/** Every tranche that ever lived, with its final figures, from the events of one book. */
export function historyOf(events: Iterable<BookEvent>): TrancheHistory {
  const history = emptyHistory()
  for (const event of events) recordEvent(history, event)
  return history
}
