import { StoreError } from './store-errors.js'

/** What live trading asks of a store. */
interface Fitness {
  readonly kind: 'memory' | 'postgres' | 'pglite'
  /** What `SqlStore.unsafeSettings` says of a server; none where it was not asked. */
  readonly unsafeSettings?: readonly string[]
}

/** `null` = it may trade live. */
function whyUnfit({ kind, unsafeSettings = [] }: Fitness, allowEmbeddedForLive: boolean): string | null {
  switch (kind) {
    case 'memory':
      return 'a store in memory forgets everything when the process ends: use Postgres'
    case 'pglite':
      return allowEmbeddedForLive
        ? null
        : 'an embedded store survives the end of its process, not of the machine: use Postgres, or allow it with allowEmbeddedForLive and durability strict'
    case 'postgres':
      return unsafeSettings.length === 0
        ? null
        : `the server has ${unsafeSettings.join(' and ')} switched off, and a power cut may destroy its database: switch them on`
  }
}

/**
 * Refuses to trade live on a store that a power cut can rob of acknowledged events.
 *
 * @throws {StoreError} `store.embedded.live`, `store.server.unsafe`
 */
export function assertFitForLive(fitness: Fitness, { allowEmbeddedForLive = false } = {}): void {
  const why = whyUnfit(fitness, allowEmbeddedForLive)
  if (why === null) return
  const { kind, unsafeSettings = [] } = fitness
  const message = `live trading is refused on this store: ${why}`
  if (kind === 'postgres') throw new StoreError('store.server.unsafe', message, { details: { unsafeSettings } })
  throw new StoreError('store.embedded.live', message, { details: { kind } })
}
