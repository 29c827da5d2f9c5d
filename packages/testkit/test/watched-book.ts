import {
  type BookEvent,
  type BookRun,
  configFor,
  type Instrument,
  parseConfig,
  parseInput,
  runBook,
  type Step,
  type TrancheBook,
} from '@tranchebook/core'
import { instrumentOf } from '../src/arbitraries/instrument-of.js'
import type { MarketTexts } from '../src/arbitraries/instruments.js'
import type { ConfigFile } from '../src/lines/config-file.js'
import type { InputLine } from '../src/lines/input-line.js'

/** A book of the core that only watches: it takes input lines as they come and sends nothing. */
export class WatchedBook {
  readonly events: BookEvent[] = []
  private readonly run: BookRun
  private readonly mode: 'HEDGE' | 'ONE_WAY'
  private sequence = 0

  constructor(market: MarketTexts, file: ConfigFile) {
    const config = parseConfig(file)
    const instrument: Instrument = instrumentOf(market)
    this.mode = file.positionMode
    this.run = runBook(
      { account: 'main', symbol: market.symbol, positionMode: this.mode },
      {
        config: configFor(config, market.symbol),
        limits: config.limits,
        instrument,
        readiness: { isLive: true, reasons: [] },
        sending: 'observe',
        conditionalRoom: null,
        closingRules: new Map(),
      },
    )
  }

  get book(): TrancheBook {
    return this.run.book
  }

  take(line: InputLine): readonly BookEvent[] {
    return this.step(line).events
  }

  /** Takes a line; gives why it was refused, or `null`. */
  refusalOf(line: InputLine): Step['refusal'] {
    return this.step(line).refusal
  }

  private step(line: InputLine): Step {
    this.sequence += 1
    const defaults = { account: 'main', positionMode: this.mode, sequence: this.sequence }
    const step = this.run.take(parseInput(line, defaults))
    this.events.push(...step.events)
    return step
  }
}

/** The order in which inputs are decided: by time, fills first among those of one time. */
export function inVenueOrder(inputs: readonly InputLine[]): readonly InputLine[] {
  const rank = (line: InputLine): number => (line.type === 'fill' ? 0 : 1)
  return [...inputs].sort((left, right) => left.time - right.time || rank(left) - rank(right))
}
