import type { BookEvent, EventOf, EventType } from '@tranchebook/core'
import { toText } from '../exact/ratio.js'
import { checkFills, noteEstimateReplaced, noteFeeBooked, noteFillBooked, noteFundingBooked } from './fill-laws.js'
import { mustHold } from './law-error.js'
import { emptyLedger, type Ledger, type Placed, placeOf } from './log-ledger.js'
import { noteStopMoved, noteTakeProfitReached } from './stop-laws.js'
import {
  cashOf,
  isSameAmount,
  noteTrancheClosed,
  noteTrancheIncreased,
  noteTrancheMerged,
  noteTrancheOpened,
  noteTrancheReduced,
} from './tranche-laws.js'

/** Events that record a choice: each of them says why. */
const DECISIONS = new Set<EventType>([
  'TrancheOpened',
  'TrancheIncreased',
  'TrancheReduced',
  'TrancheIsolated',
  'TrancheReleased',
  'TrancheMerged',
  'StopMoved',
  'TakeProfitReached',
  'EstimateReplaced',
  'OrderIntended',
  'CancelIntended',
  'LeverageIntended',
  'DriftDetected',
  'ProtectionDegraded',
  'ConflictDetected',
  'RepairRequested',
  'TradingPaused',
  'TradingResumed',
  'EntryRefused',
  'CommandRefused',
])

function checkHeader(place: Placed): void {
  const { event, index } = place
  mustHold((event.type === 'BookOpened') === (index === 0), 'a log begins with BookOpened, once', () => placeOf(place))
  mustHold(event.causationId !== '' && event.correlationId !== '', 'events name their cause', () => placeOf(place))
  const hasReason = event.because !== undefined && event.because.rule !== ''
  mustHold(hasReason || !DECISIONS.has(event.type), 'decisions say why', () => placeOf(place))
  const text = JSON.stringify(event)
  mustHold(JSON.stringify(JSON.parse(text)) === text, 'events are plain JSON', () => placeOf(place))
}

type Notes = { readonly [Type in EventType]?: (ledger: Ledger, place: Placed<Type>) => void }

const NOTES: Notes = {
  FillBooked: noteFillBooked,
  EstimateReplaced: noteEstimateReplaced,
  FillFeeBooked: (_ledger, place) => noteFeeBooked(place),
  FundingBooked: noteFundingBooked,
  TrancheOpened: noteTrancheOpened,
  TrancheIncreased: noteTrancheIncreased,
  TrancheReduced: noteTrancheReduced,
  TrancheClosed: noteTrancheClosed,
  TrancheLiquidated: noteTrancheClosed,
  TrancheMerged: noteTrancheMerged,
  StopMoved: noteStopMoved,
  TakeProfitReached: noteTakeProfitReached,
}

function noteEvent<Type extends EventType>(ledger: Ledger, event: EventOf<Type>, index: number): void {
  NOTES[event.type]?.(ledger, { event, index })
}

/**
 * Holds a whole log of one book to the laws of the book, from its events alone: fills booked once and in full; quantities, gross
 * results, fees and funding conserved; realized and open results equal to what entries and exits cost and brought; closed
 * tranches at exactly nothing; stops that only move in favour; levels in order; a reason and a cause for every decision.
 *
 * @throws {LawError} `testkit.law-broken`, naming the event
 */
export function checkLog(events: readonly BookEvent[]): void {
  const ledger = emptyLedger()
  for (const [index, event] of events.entries()) {
    checkHeader({ event, index })
    noteEvent(ledger, event, index)
    const isLastOfCause = events[index + 1]?.causationId !== event.causationId
    if (isLastOfCause) checkAccounts(ledger, { event, index })
  }
}

/** After all events of one cause the accounts agree. */
function checkAccounts(ledger: Ledger, place: Placed): void {
  checkFills(ledger)
  const tranches = [...ledger.tranches.values()]
  const empty = tranches.find((tranche) => !tranche.isClosed && tranche.quantity.n === 0n)
  mustHold(empty === undefined, 'a tranche with nothing left is closed', () => `${placeOf(place)}: ${empty?.id ?? ''}`)
  const hasCorrection = tranches.some((tranche) => tranche.isCorrected)
  const story = (): string => `${placeOf(place)}: lots say ${toText(cashOf(ledger))}, fills say ${toText(ledger.cash)}`
  mustHold(
    hasCorrection || isSameAmount(cashOf(ledger), ledger.cash),
    'realized and unrealized are what the fills cost and brought',
    story,
  )
}
