import {
  type BookEvent,
  formatQuantity,
  parseConfig,
  parseEvent,
  type Side,
  type TranchebookConfig,
} from '@tranchebook/core'
import { openMemoryStore, type MemoryStore } from '@tranchebook/store'
import { type LogFacts, type Logger, type ManagerOptions, TrancheManager } from '../src/index.js'
import { PaperExchange } from './paper-exchange.js'
import { PaperVenue } from './paper-venue.js'
import { VirtualClock } from './virtual-clock.js'

export const SYMBOL = 'BTCUSDT'
export const START = Date.UTC(2026, 0, 5, 12)
const ACCOUNT = 'main'

/** One running process: its own clock, so that it can be left standing, its connection and its manager. */
export interface Process {
  readonly clock: VirtualClock
  readonly venue: PaperVenue
  readonly manager: TrancheManager
  /** Warnings and errors it has logged. */
  readonly complaints: string[]
}

function loggerTo(complaints: string[]): Logger {
  const complain = (facts: LogFacts, message: string): void => {
    complaints.push(`${message} ${JSON.stringify(facts)}`)
  }
  return { debug: () => undefined, info: () => undefined, warn: complain, error: complain }
}

/** An exchange, a log, and the processes that run on them. */
export class Stage {
  readonly clock = new VirtualClock(START)
  readonly exchange = new PaperExchange(ACCOUNT, () => this.clock.now())
  readonly store: MemoryStore<BookEvent> = openMemoryStore({ decode: parseEvent, now: () => this.clock.now() })
  readonly config: TranchebookConfig

  constructor(options: Readonly<Record<string, unknown>> = {}, symbols: readonly string[] = [SYMBOL]) {
    const symbolOptions = Object.fromEntries(symbols.map((symbol) => [symbol, {}]))
    const { limits = {}, ...defaults } = options
    this.config = parseConfig({ positionMode: 'HEDGE', account: ACCOUNT, limits, defaults, symbols: symbolOptions })
    for (const symbol of symbols) this.exchange.setMark(symbol, '50000')
  }

  open(options: Partial<ManagerOptions> = {}): Process {
    const { clock, exchange, store, config } = this
    const complaints: string[] = []
    const venue = new PaperVenue(exchange, clock, Object.keys(config.symbols))
    const logger = loggerTo(complaints)
    const manager = TrancheManager.open({ account: ACCOUNT, venue, store, config, clock, logger, ...options })
    return { clock, venue, manager, complaints }
  }

  /** A process that is live, with a fresh mark. */
  async start(options: Partial<ManagerOptions> = {}): Promise<Process> {
    const process = this.open(options)
    const started = process.manager.start()
    started.catch(() => undefined)
    await this.clock.advance(200)
    await started
    for (const symbol of Object.keys(this.config.symbols)) this.touch(process, symbol)
    await this.clock.advance(50)
    return process
  }

  /** The same mark again, a moment later. */
  touch({ venue }: Process, symbol = SYMBOL, price = '50000'): void {
    venue.setMark(symbol, price)
  }

  async events(symbol = SYMBOL): Promise<readonly BookEvent[]> {
    const events: BookEvent[] = []
    for await (const { event } of this.store.read(`${ACCOUNT}/${symbol}`)) events.push(event)
    return events
  }

  /** Resting orders as `type trigger-or-price quantity`, sorted. */
  resting(symbol = SYMBOL): readonly string[] {
    return this.exchange
      .open(symbol)
      .map(({ request: { terms } }) => `${terms.orderType} ${terms.triggerPrice ?? terms.price} ${terms.quantity}`)
      .toSorted()
  }

  held(side: Side, symbol = SYMBOL): string {
    return formatQuantity(this.exchange.quantityOf(symbol, side))
  }
}
