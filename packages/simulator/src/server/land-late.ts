import type { ServerContext } from './context.js'
import { RequestRefusal } from './request-refusal.js'

/** Carries a write out long after its sender has given up, unless its nonce was used up meanwhile. What refuses it then is told nobody. */
export function landLate(context: ServerContext, run: () => unknown, nonce: string | null): void {
  context.clock.schedule(context.faults.delayMs, () => {
    if (nonce !== null && context.usedNonces.killed.has(nonce)) return
    try {
      run()
    } catch (error) {
      if (!(error instanceof RequestRefusal)) throw error
    }
  })
}
