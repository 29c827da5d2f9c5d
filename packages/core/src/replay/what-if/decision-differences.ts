import type { BookEvent, EventOf } from '../../book/events.js'
import { orderKey } from './order-names.js'

/** Events that one run recorded and the other did not. */
export interface OneSided<Event> {
  readonly onlyBase: readonly Event[]
  readonly onlyOther: readonly Event[]
}

/** Decisions that send no order by themselves but lead to other ones. */
export type Steering = EventOf<
  | 'EntryRefused'
  | 'TrancheIsolated'
  | 'TrancheReleased'
  | 'TrancheMerged'
  | 'StopMoved'
  | 'CancelIntended'
  | 'LeverageIntended'
  | 'TradingPaused'
>

function isOrder(event: BookEvent): event is EventOf<'OrderIntended'> {
  return event.type === 'OrderIntended'
}

function isSteering(event: BookEvent): event is Steering {
  switch (event.type) {
    case 'EntryRefused':
    case 'TrancheIsolated':
    case 'TrancheReleased':
    case 'TrancheMerged':
    case 'StopMoved':
    case 'CancelIntended':
    case 'LeverageIntended':
    case 'TradingPaused':
      return true
    default:
      return false
  }
}

/** What a decision says, without the names that other decisions gave to orders. */
function steeringKey(event: Steering): string {
  const { type, causationId } = event
  const tranche = 'tranche' in event ? event.tranche : null
  switch (event.type) {
    case 'StopMoved':
      return JSON.stringify([type, causationId, tranche, event.to, event.rung])
    case 'EntryRefused':
      return JSON.stringify([type, causationId, event.side, event.code])
    case 'TrancheMerged':
      return JSON.stringify([type, causationId, tranche, event.absorbed])
    case 'LeverageIntended':
      return JSON.stringify([type, causationId, event.leverage])
    case 'TradingPaused':
      return JSON.stringify([type, causationId, event.kind])
    case 'CancelIntended':
      return JSON.stringify([type, causationId, event.reason])
    case 'TrancheIsolated':
    case 'TrancheReleased':
      return JSON.stringify([type, causationId, tranche])
  }
}

function without<Event>(
  events: readonly Event[],
  others: readonly Event[],
  keyOf: (event: Event) => string,
): readonly Event[] {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1)
  return events.filter((event) => {
    const left = counts.get(keyOf(event)) ?? 0
    counts.set(keyOf(event), left - 1)
    return left <= 0
  })
}

/** Orders that only one of the runs would have sent: another cause, or other terms. */
export function differentOrders(
  base: readonly BookEvent[],
  other: readonly BookEvent[],
): OneSided<EventOf<'OrderIntended'>> {
  const [left, right] = [base.filter(isOrder), other.filter(isOrder)]
  return { onlyBase: without(left, right, orderKey), onlyOther: without(right, left, orderKey) }
}

/** Refusals, isolations, stop moves and the like that only one of the runs decided. */
export function differentSteering(base: readonly BookEvent[], other: readonly BookEvent[]): OneSided<Steering> {
  const [left, right] = [base.filter(isSteering), other.filter(isSteering)]
  return { onlyBase: without(left, right, steeringKey), onlyOther: without(right, left, steeringKey) }
}
