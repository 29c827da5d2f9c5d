import { systemClock } from '@tranchebook/adapters'
import type { Exchange } from '../engine/exchange.js'
import type { Faults } from '../faults/faults.js'
import { openSimulated, type SimulatedVenue } from '../venue/open-simulated.js'
import { createPaperExchange, type PaperTerms } from './create-paper-exchange.js'
import { followMarket } from './follow-market.js'

/** What is traded on paper, and on what. */
export interface PaperOptions extends PaperTerms {
  /** One that `createPaperExchange` made before, such as one that is kept in a file; a new one where absent. */
  readonly exchange?: Exchange
  readonly faults?: Faults
}

/**
 * Trades on paper: marks, trades and candles come live from a real venue, for which no keys are needed; orders never leave this process.
 * Settles when the market's streams stand. Closing the venue closes the market.
 *
 * @throws {TranchebookError} `simulator.unknown-symbol`, `simulator.no-price`
 * @throws {VenueError} `venue.read.failed` when the market does not answer
 */
export async function openPaper(options: PaperOptions): Promise<SimulatedVenue> {
  const { market, account, clock = systemClock, faults } = options
  const exchange = options.exchange ?? (await createPaperExchange(options))
  const prices = followMarket({ market, exchange, clock })
  await prices.opened
  const name = `paper on ${market.name}`
  return openSimulated({ exchange, account, clock, name, prices, ...(faults === undefined ? {} : { faults }) })
}
