import { StoreError } from './store-errors.js'

/** What live trading asks of a store. */
interface Fitness {
  readonly kind: 'memory' | 'postgres' | 'pglite'
}

/**
 * Refuses to trade live on a store that a power cut can rob of acknowledged events.
 *
 * @throws {StoreError} `store.embedded.live`
 */
export function assertFitForLive({ kind }: Fitness, { allowEmbeddedForLive = false } = {}): void {
  if (kind === 'postgres' || (kind === 'pglite' && allowEmbeddedForLive)) return
  const advice =
    kind === 'memory'
      ? 'a store in memory forgets everything when the process ends: use Postgres'
      : 'an embedded store survives the end of its process, not of the machine: use Postgres, or allow it with allowEmbeddedForLive and durability strict'
  throw new StoreError('store.embedded.live', `live trading is refused on this store: ${advice}`, { details: { kind } })
}
