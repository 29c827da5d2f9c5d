import type { BookEvent } from '@tranchebook/core'
import { scopeOf } from '../log/conflicts.js'
import type { BookChange } from './book-change.js'
import type { Change } from './change.js'
import { projectFee, projectFill, projectFunding } from './project-fill.js'
import {
  projectAcknowledged,
  projectIntended,
  projectOrderClosed,
  projectRefused,
  projectStatus,
  projectTriggered,
} from './project-order.js'
import {
  projectEnded,
  projectIncreased,
  projectMerged,
  projectOpened,
  projectProven,
  projectReduced,
} from './project-tranche.js'

const set = (k: string, r: Readonly<Record<string, unknown>>): readonly BookChange[] => [{ o: 'tranche.change', k, r }]

function trancheChanges(event: BookEvent): readonly BookChange[] {
  switch (event.type) {
    case 'TrancheOpened':
      return projectOpened(event)
    case 'TrancheIncreased':
      return projectIncreased(event)
    case 'TrancheReduced':
      return projectReduced(event)
    case 'TrancheClosed':
    case 'TrancheLiquidated':
      return projectEnded(event)
    case 'TrancheIsolated':
      return set(event.tranche, { isolated: 1, isolation_time: event.time, isolation_price: event.price })
    case 'TrancheReleased':
      return set(event.tranche, { isolated: 0, isolation_time: null, isolation_price: null })
    case 'TrancheMerged':
      return projectMerged(event)
    case 'TrancheLabelled':
      return set(event.tranche, { label: event.label })
    case 'TrancheAnnotated':
      return [{ o: 'tranche.note', k: event.tranche, r: { notes: [event.note] } }]
    case 'StopMoved':
      return set(event.tranche, { sl_price: event.to })
    case 'TakeProfitMoved':
      return set(event.tranche, { tp_price: event.to })
    case 'EstimateReplaced':
      return projectProven(event)
    default:
      return orderChanges(event)
  }
}

function orderChanges(event: BookEvent): readonly BookChange[] {
  switch (event.type) {
    case 'FillBooked':
      return projectFill(event)
    case 'FillFeeBooked':
      return projectFee(event)
    case 'FundingBooked':
      return projectFunding(event)
    case 'OrderIntended':
      return [projectIntended(event)]
    case 'OrderAcknowledged':
      return [projectAcknowledged(event)]
    case 'OrderTriggered':
      return projectTriggered(event)
    case 'OrderRefused':
      return [projectRefused(event)]
    case 'OrderOutcomeUnknown':
      return [projectStatus(event.clientOrderId, 'unknown')]
    case 'OrderEnding':
      return [{ o: 'order.change', k: event.clientOrderId, r: { ending: event.status } }]
    case 'OrderClosed':
      return [projectOrderClosed(event)]
    case 'CancelIntended':
      return [projectStatus(event.clientOrderId, 'cancelling')]
    case 'CancelRefused':
      return [projectStatus(event.clientOrderId, 'working')]
    default:
      return []
  }
}

/** Changes that an event of a book makes to `tranches`, `tranche_orders`, `tranche_fills` and `tranche_costs`. */
export function projectEvent(stream: string, event: BookEvent): readonly Change[] {
  const a = scopeOf(stream)
  const y = stream.slice(a.length + 1)
  return trancheChanges(event).map((change) => ({ a, y, ...change }))
}
