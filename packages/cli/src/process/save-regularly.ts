import type { Clock } from '@tranchebook/adapters'
import type { KeptExchange } from '@tranchebook/simulator'

const SAVE_MS = 5_000

/** Saves now and then what changes without telling: a price that nobody waits for. The returned function ends it. */
export function saveRegularly(kept: KeptExchange, clock: Clock): () => void {
  let stop: () => void = () => undefined
  const save = (): void => {
    kept.save()
    stop = clock.schedule(SAVE_MS, save)
  }
  stop = clock.schedule(SAVE_MS, save)
  return () => {
    stop()
  }
}
