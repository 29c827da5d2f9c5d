import { setTimeout as pause } from 'node:timers/promises'
import type { ChildKeeper } from '../keeper/child-keeper.js'

/** How a process came to rest. Durations are ms since it was asked. */
export interface Rest {
  /** When everything open had its stops; `null` = never. */
  readonly protectedMs: number | null
  /** Why it is not at rest; `null` = it is. */
  readonly why: string | null
}

const EVERY_MS = 50

/** Waits until a process is live, in agreement with its venue, protected, and nothing is unknown. */
export async function comeToRest(keeper: ChildKeeper, withinMs = 30_000): Promise<Rest> {
  const started = performance.now()
  let protectedMs: number | null = null
  let why: string | null = 'it was never asked'
  while (performance.now() - started < withinMs) {
    const answer = await keeper.ask({ type: 'unrest' })
    if (answer?.type !== 'unrest') return { protectedMs, why: 'it died' }
    if (answer.isProtected) protectedMs ??= performance.now() - started
    why = answer.why
    if (why === null) return { protectedMs, why }
    await pause(EVERY_MS)
  }
  return { protectedMs, why }
}
