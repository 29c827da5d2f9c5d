import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@tranchebook/adapters'
import type { TranchebookConfig } from '@tranchebook/core'
import { createPaperExchange, keepExchange, openPaper } from '@tranchebook/simulator'
import type { Closers } from './closers.js'
import { openMarket, type TradedVenue } from './open-venue.js'
import type { VenueSection } from './run-config.js'
import { saveRegularly } from './save-regularly.js'

/** Ids that the venue makes up shall differ from one start to the next. */
const SEEDS = 2 ** 31

/** What is traded on paper, and where the account is kept. */
export interface PaperAccount {
  readonly section: VenueSection
  readonly config: TranchebookConfig
  readonly directory: string
}

/** An account on paper that a directory remembers: prices of the venue, orders that never leave this process. */
export async function openPaperAccount(
  { section, config, directory }: PaperAccount,
  closers: Closers,
): Promise<TradedVenue> {
  await mkdir(directory, { recursive: true })
  const { account, positionMode: mode } = config
  const market = openMarket(section)
  const seed = systemClock.now() % SEEDS
  const terms = { market, account, mode, seed, symbols: Object.keys(config.symbols) }
  const made = await createPaperExchange(terms).catch(async (error: unknown) => {
    await market.close()
    throw error
  })
  const kept = keepExchange(join(directory, 'paper.jsonl'), () => made)
  closers.add(() => {
    kept.close()
  })
  closers.add(saveRegularly(kept, systemClock))
  const venue = await openPaper({ ...terms, exchange: kept.exchange })
  closers.add(async () => venue.close())
  return venue
}
