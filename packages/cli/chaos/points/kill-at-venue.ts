import type { EngineEvent, Exchange } from '@tranchebook/simulator'
import type { VenuePoint } from './point.js'

function pointOf(event: EngineEvent): VenuePoint | null {
  if (event.type === 'conditional') {
    if (event.order.status === 'CANCELED') return 'cancelReached'
    return event.order.status === 'NEW' && event.order.spec.type === 'STOP_MARKET' ? 'stopReached' : null
  }
  if (event.type !== 'order' || event.execution !== 'NEW' || event.order.parentId !== null) return null
  return event.order.spec.side === 'BUY' ? 'entryReached' : 'exitReached'
}

/** Calls `kill` at the moment at which the venue has taken a request and not answered it. The returned function ends that. */
export function killAtVenue(exchange: Exchange, point: VenuePoint, kill: () => void): () => void {
  const listener = (event: EngineEvent): void => {
    if (pointOf(event) === point) kill()
  }
  exchange.listeners.add(listener)
  return () => exchange.listeners.delete(listener)
}
