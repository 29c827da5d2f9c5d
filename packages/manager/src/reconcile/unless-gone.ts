import { VenueError } from '@tranchebook/adapters'
import type { ActHost } from '../act/act-host.js'
import { whyOf } from '../report/logger.js'

/** Who knows what the venue lists. */
export interface ListHost extends Pick<ActHost, 'logger' | 'doubtInstruments'> {
  /** Whether the venue lists a symbol, as it said when it was last asked. */
  isListed(symbol: string): boolean
}

/** A question about one symbol, and what counts where the venue does not list it any more. */
export interface SymbolQuestion<Answer> {
  readonly symbol: string
  readonly without: Answer
  readonly ask: () => Promise<Answer>
}

/** Whether the venue does not know what was asked about, rather than not answering. */
function isUnknownSymbol(error: unknown): boolean {
  return error instanceof VenueError && error.details['outcome'] === 'refused' && error.details['reason'] === 'invalid'
}

/**
 * A venue refuses every question about a symbol that it has delisted: what keeps that one book must not keep the others. It may have
 * done so since it was last asked for its list.
 */
export async function unlessGone<Answer>(
  host: ListHost,
  { symbol, without, ask }: SymbolQuestion<Answer>,
): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (isUnknownSymbol(error)) await host.doubtInstruments()
    if (host.isListed(symbol)) throw error
    host.logger.warn({ symbol, why: whyOf(error) }, 'the venue does not list the symbol any more')
    return without
  }
}
