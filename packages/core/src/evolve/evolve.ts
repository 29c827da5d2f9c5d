import { enableMapSet, Immer } from 'immer'
import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { estimateReplaced } from './estimates.js'
import { fillBooked, fillFeeBooked, fillOrphaned, fundingBooked, unmatchedSettled } from './fills.js'
import {
  cancelIntended,
  cancelRefused,
  orderAcknowledged,
  orderClosed,
  orderEnding,
  orderIntended,
  orderOutcomeUnknown,
  orderRefused,
  orderTriggered,
} from './orders.js'
import { trancheMerged } from './merging.js'
import { markObserved } from './prices.js'
import { trancheReduced } from './reductions.js'
import {
  conflictDetected,
  conflictResolved,
  driftResolved,
  leverageIntended,
  positionChecked,
  protectionLost,
  protectionRestored,
  tradingPaused,
  tradingResumed,
} from './sync.js'
import { stopMoved, takeProfitMoved, takeProfitReached } from './targets.js'
import {
  trancheAnnotated,
  trancheEnded,
  trancheIncreased,
  trancheIsolated,
  trancheLabelled,
  trancheOpened,
  trancheReleased,
} from './tranches.js'

enableMapSet()
const immer = new Immer({ autoFreeze: true })

/** Frequent ones first: a switch over texts asks them in order. */
function write(book: TrancheBook, event: BookEvent): void {
  switch (event.type) {
    case 'FillBooked':
      return fillBooked(book, event)
    case 'TrancheOpened':
      return trancheOpened(book, event)
    case 'TrancheReduced':
      return trancheReduced(book, event)
    case 'TrancheClosed':
    case 'TrancheLiquidated':
      return trancheEnded(book, event)
    case 'MarkObserved':
      return markObserved(book, event)
    case 'TrancheIncreased':
      return trancheIncreased(book, event)
    case 'StopMoved':
      return stopMoved(book, event)
    case 'OrderIntended':
      return orderIntended(book, event)
    case 'OrderAcknowledged':
      return orderAcknowledged(book, event)
    case 'OrderClosed':
      return orderClosed(book, event)
    case 'CancelIntended':
      return cancelIntended(book, event)
    case 'TrancheIsolated':
      return trancheIsolated(book, event)
    case 'TrancheReleased':
      return trancheReleased(book, event)
    case 'TakeProfitReached':
      return takeProfitReached(book, event)
    case 'FundingBooked':
      return fundingBooked(book, event)
    case 'PositionChecked':
      return positionChecked(book, event)
    case 'FillFeeBooked':
      return fillFeeBooked(book, event)
    case 'FillOrphaned':
      return fillOrphaned(book, event)
    case 'UnmatchedSettled':
      return unmatchedSettled(book, event)
    case 'EstimateReplaced':
      return estimateReplaced(book, event)
    case 'TrancheMerged':
      return trancheMerged(book, event)
    case 'TrancheLabelled':
      return trancheLabelled(book, event)
    case 'TrancheAnnotated':
      return trancheAnnotated(book, event)
    case 'TakeProfitMoved':
      return takeProfitMoved(book, event)
    case 'OrderEnding':
      return orderEnding(book, event)
    case 'OrderTriggered':
      return orderTriggered(book, event)
    case 'OrderRefused':
      return orderRefused(book, event)
    case 'OrderOutcomeUnknown':
      return orderOutcomeUnknown(book, event)
    case 'CancelRefused':
      return cancelRefused(book, event)
    case 'LeverageIntended':
      return leverageIntended(book, event)
    case 'DriftResolved':
      return driftResolved(book, event)
    case 'ConflictDetected':
      return conflictDetected(book, event)
    case 'ConflictResolved':
      return conflictResolved(book)
    case 'ProtectionLost':
      return protectionLost(book, event)
    case 'ProtectionRestored':
      return protectionRestored(book)
    case 'TradingPaused':
      return tradingPaused(book, event)
    case 'TradingResumed':
      return tradingResumed(book)
    case 'BookOpened':
    case 'DriftDetected':
    case 'ProtectionDegraded':
    case 'ConfigurationChanged':
    case 'EntryRefused':
    case 'CommandRefused':
    case 'RepairRequested':
      return undefined
  }
}

/**
 * Folds one event into a book that the caller owns, in place. Checks first and writes last: when it throws, the book is as it was.
 *
 * @throws {InvariantError} `book.invariant` when the event does not fit the book.
 */
export function applyEvent(book: TrancheBook, event: BookEvent): void {
  write(book, event)
  book.version += 1
  if (event.time > book.time) book.time = event.time
}

/** The book after one event; the book before is left as it was. For many events at once {@link evolveAll} is far faster. */
export function evolve(book: TrancheBook, event: BookEvent): TrancheBook {
  // A draft has the shape of the book; immer's mapped type only loses the brands of its numbers.
  return immer.produce(book, (draft: TrancheBook) => applyEvent(draft, event))
}
