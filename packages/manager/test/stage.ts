import type { VenueCapabilities } from '@tranchebook/adapters'
import {
  type BookEvent,
  formatQuantity,
  type Instrument,
  parseConfig,
  type OrderPurpose,
  parseEvent,
  type Side,
  type TranchebookConfig,
} from '@tranchebook/core'
import { type CommandAnswer, type LogFacts, type Logger, type ManagerOptions, TrancheManager } from '../src/index.js'
import { FlakyStore } from './flaky-store.js'
import { PaperExchange } from './paper-exchange.js'
import { PaperVenue } from './paper-venue.js'
import { ForkedClock, VirtualClock } from './virtual-clock.js'

export const SYMBOL = 'BTCUSDT'
const START = Date.UTC(2026, 0, 5, 12)
const ACCOUNT = 'main'

/** One running process: its own clock, so that it can be left standing, its connection and its manager. */
export interface Process {
  readonly clock: ForkedClock
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
  readonly store = new FlakyStore({ decode: parseEvent, now: () => this.clock.now() })
  readonly config: TranchebookConfig
  private readonly listed: string[]
  /** What the venue does otherwise. */
  capabilities: Partial<VenueCapabilities> = {}
  private limits: Partial<Instrument> = {}

  constructor(options: Readonly<Record<string, unknown>> = {}, symbols: readonly string[] = [SYMBOL]) {
    const symbolOptions = Object.fromEntries(symbols.map((symbol) => [symbol, {}]))
    const { limits = {}, ...defaults } = options
    this.config = parseConfig({ positionMode: 'HEDGE', account: ACCOUNT, limits, defaults, symbols: symbolOptions })
    this.listed = [...symbols]
    for (const symbol of symbols) this.exchange.setMark(symbol, '50000')
  }

  /** What the venue lets one trade from now on. */
  limit(limits: Partial<Instrument>): void {
    this.limits = limits
  }

  /** The venue lists one more symbol, at the same price. */
  list(symbol: string): void {
    this.listed.push(symbol)
    this.exchange.setMark(symbol, '50000')
  }

  open(options: Partial<ManagerOptions> = {}): Process {
    const { exchange, store, config } = this
    const complaints: string[] = []
    const clock = new ForkedClock(options.clock ?? this.clock)
    const venue = new PaperVenue(exchange, clock, this.listed)
    venue.limits = this.limits
    venue.capabilities = { ...venue.capabilities, ...this.capabilities }
    const logger = loggerTo(complaints)
    const manager = TrancheManager.open({ account: ACCOUNT, venue, store, config, logger, ...options, clock })
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

  /** A LONG entry that has had time to fill and to be protected. */
  async enter({ manager }: Process, quantity: string, price: string | null = null): Promise<CommandAnswer> {
    const answer = manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity, price })
    answer.catch(() => undefined)
    await this.clock.advance(100)
    return answer
  }

  /** The same mark again, a moment later. */
  touch({ venue }: Process, symbol = SYMBOL, price = '50000'): void {
    venue.setMark(symbol, price)
  }

  /** Waits for something that needs the clock to go on. */
  async whileTimePasses<Answer>(work: Promise<Answer>): Promise<Answer> {
    work.catch(() => undefined)
    await this.clock.advance(1000)
    return work
  }

  /** Ids of the orders that were sent for a purpose, in order. */
  sent({ venue }: Process, purpose: OrderPurpose): readonly string[] {
    return venue.submitted.filter(({ terms }) => terms.purpose === purpose).map(({ terms }) => terms.clientOrderId)
  }

  /** Open tranches of the LONG side as `quantity`. */
  tranches({ manager }: Process): readonly string[] {
    return manager.getTranches(SYMBOL, 'LONG').map(({ quantity }) => quantity.toString())
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
