import { changeConfig, configFor, type Instrument, type SymbolConfig, unknownInstrument } from '@tranchebook/core'
import type { Shield } from './shield.js'
import type { Played, PlayedBook, Rules } from '../run/run-recording.js'

/** Books as they stand, and by which rules they are looked at. */
export interface LoadedBooks {
  readonly played: Played
  readonly rules: Rules
  /** Whether orders were sent for them: a file of inputs sends none, so nothing can be said of their protection. */
  readonly isTraded: boolean
  /** The moment they are looked at, epoch ms; `null` = that of each book's newest event. */
  readonly now: number | null
  /** What the process that owns them says of their protection, by `account/symbol SIDE`; `null` = told from the log. */
  readonly shields: ReadonlyMap<string, Shield> | null
}

/** Options of a book as its own commands have changed them. */
export function configOf({ book, events }: PlayedBook, { config }: Rules): SymbolConfig {
  let options = configFor(config, book.symbol)
  for (const event of events) if (event.type === 'ConfigurationChanged') options = changeConfig(options, event.options)
  return options
}

/** What is known of a symbol: ticks and steps only where they were given. */
export function instrumentOf({ book }: PlayedBook, { instruments }: Rules): Instrument {
  return instruments.get(book.symbol) ?? unknownInstrument(book.symbol)
}
