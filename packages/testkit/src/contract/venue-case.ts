import type { VenueCapabilities } from '@tranchebook/adapters'
import { watchSecrets } from './secret-watch.js'
import { watchCalls } from './watch-calls.js'
import { createTrial, type Trial } from './trial.js'
import type { BenchAbility, StageSetting, VenueBench } from './venue-bench.js'

/** A numbered promise of every venue. */
export interface VenueCase {
  /** `VE-` and a number that never changes its meaning. */
  readonly id: string
  readonly title: string
  /** What the bench must be able to do. */
  readonly needs?: readonly BenchAbility[]
  /** Which declared capability makes the promise void; `null` = it holds. */
  readonly unless?: (capabilities: VenueCapabilities) => string | null
  readonly setting?: Partial<StageSetting>
  /** Throws where the promise is broken. */
  readonly run: (trial: Trial) => Promise<void>
}

/** How a case ended; a broken promise throws instead. */
export type CaseEnd = { readonly type: 'kept' } | { readonly type: 'skipped'; readonly reason: string }

const USUAL_SETTING: StageSetting = { mode: 'ONE_WAY', keys: 'right', clockAheadMs: 0, hasLateTriggers: false }

/**
 * Tries one promise on a new venue. Everything that the venue returns, throws or tells meanwhile is searched for its keys.
 *
 * @throws {AssertionError} what was promised, and what was found
 */
export async function runVenueCase(venueCase: VenueCase, bench: VenueBench): Promise<CaseEnd> {
  const missing = venueCase.needs?.find((ability) => bench.lacks.includes(ability))
  if (missing !== undefined) return { type: 'skipped', reason: `the bench of ${bench.name} lacks ${missing}` }
  const stage = await bench.open({ ...USUAL_SETTING, ...venueCase.setting })
  try {
    const exemption = venueCase.unless?.(stage.venue.capabilities) ?? null
    if (exemption !== null) return { type: 'skipped', reason: `${bench.name} declares ${exemption}` }
    const { hear, assertSilence } = watchSecrets(stage.secrets)
    await venueCase.run(await createTrial({ ...stage, venue: watchCalls(stage.venue, hear) }))
    hear('the venue itself', stage.venue)
    assertSilence()
    return { type: 'kept' }
  } finally {
    await stage.close()
  }
}
