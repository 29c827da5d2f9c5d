import type { OrderRequest } from '@tranchebook/adapters'
import { type BookEvent, isOwnOrderId, parseMoney, parsePrice } from '@tranchebook/core'
import {
  type Account,
  BTCUSDT,
  changeFilters,
  createExchange,
  createRandom,
  ETHUSDT,
  type Exchange,
  type FilterChange,
  marketOf,
  openAccount,
  type Random,
  setHedgeMode,
} from '@tranchebook/simulator'
import type { Sabotage } from '../canary/sabotage.js'
import { BookWatch } from '../laws/book-watch.js'
import { misfitOf } from '../laws/filter-law.js'
import { LiveLaws } from '../laws/live-laws.js'
import type { StreamName } from '../program/remote-venue.js'
import { EventClock } from '../time/event-clock.js'
import type { Circumstances } from './circumstances.js'
import { DrawnFaults } from './drawn-faults.js'
import { FaultTally } from './fault-tally.js'
import type { Run } from './run.js'
import { WatchedLog } from './watched-log.js'

/** The account of every world. */
export const ACCOUNT = 'main'

const START = Date.UTC(2026, 0, 5, 7, 59)
const MARKETS = { BTCUSDT: { rules: BTCUSDT, price: '50000' }, ETHUSDT: { rules: ETHUSDT, price: '2500' } }
/** A program knows the venue's time to about so much. */
const UNSURE_MS = 3000
/** More is one story too long to read. */
const MOST_VIOLATIONS = 8

/** How a world is opened. */
export interface WorldOptions {
  readonly sabotage: Sabotage
  /** Whether its story is kept. */
  readonly isTold: boolean
}

/** An exchange, a log, and the programs that run on them; and what has happened. */
export class World {
  readonly circumstances: Circumstances
  readonly exchange: Exchange
  readonly account: Account
  readonly clock: EventClock
  readonly log: WatchedLog
  readonly random: Random
  readonly tally: FaultTally
  readonly faults: DrawnFaults
  readonly sabotage: Sabotage
  readonly watches: ReadonlyMap<string, BookWatch>
  readonly liveLaws: ReadonlyMap<string, LiveLaws>
  readonly violations: string[] = []
  readonly story: string[] = []
  /** Programs that are not gone, oldest first. */
  runs: Run[] = []
  /** The history of trades ends there, for so long. Epoch ms. */
  history = { end: 0, until: 0 }
  /** Until then a stream that stands tells nothing. Epoch ms. */
  readonly silentUntil: Record<StreamName, number> = { marks: 0, account: 0 }
  /** Whether a silent stream has swallowed the notice of a payment: it is asked for within an hour. */
  hasUnheardFunding = false
  /** The log cannot be reached before. */
  logDownUntil = 0
  started = 0
  /** Until then something may come that is on its way already. Epoch ms. */
  expectedUntil = 0
  /** When a program has last asked for filters, epoch ms. */
  filtersAsked = 0
  /** Highest epoch under which anything was sent or recorded. */
  newestEpoch = 0
  private readonly isTold: boolean

  constructor(circumstances: Circumstances, { sabotage, isTold }: WorldOptions) {
    const { seed, behaviour, symbols } = circumstances
    this.circumstances = circumstances
    this.sabotage = sabotage
    this.isTold = isTold
    this.random = createRandom(seed ^ 0x5eed)
    const markets = symbols.map((symbol) => marketFor(symbol))
    this.exchange = createExchange({ markets, behaviour, seed, startTime: START })
    this.account = openAccount(this.exchange, ACCOUNT, new Map([['USDT', parseMoney('1000000')]]))
    if (circumstances.mode === 'HEDGE') setHedgeMode(this.exchange, ACCOUNT, true)
    this.clock = new EventClock(this.exchange)
    this.tally = new FaultTally((kind) => {
      this.tell(`fault ${kind}`)
    })
    const onLanding = (ms: number): void => {
      this.expect(ms)
    }
    this.faults = new DrawnFaults({ random: createRandom(seed ^ 0xfa17), tally: this.tally, circumstances, onLanding })
    this.watches = new Map(
      markets.map(({ rules: { instrument } }) => [instrument.symbol, this.watch(instrument.symbol)]),
    )
    this.liveLaws = new Map(symbols.map((symbol) => [symbol, new LiveLaws()]))
    this.log = new WatchedLog(
      () => this.clock.now(),
      (stream, events, appended) => {
        for (const watch of this.watches.values()) if (watch.stream === stream) watch.take(events, appended)
        this.tellEvents(events)
      },
    )
  }

  /** Notes what happened, for whoever reads the story. */
  tell(text: string): void {
    if (this.isTold) this.story.push(`${this.clock.now() - START} ${text}`)
  }

  /** Something does not hold. */
  blame(text: string): void {
    if (this.violations.includes(text) || this.violations.length >= MOST_VIOLATIONS) return
    this.violations.push(text)
    this.tell(`VIOLATION ${text}`)
  }

  /** Something comes in so many ms, whatever happens. */
  expect(ms: number): void {
    this.expectedUntil = Math.max(this.expectedUntil, this.clock.now() + ms)
  }

  /** The venue changes the filters of a symbol, and says nothing. */
  changeFilters(symbol: string, change: FilterChange): void {
    changeFilters(this.exchange, symbol, change)
    this.watches.get(symbol)?.noteFilters()
  }

  /** Whether the history of trades shows what happened then. */
  isInHistory(time: number): boolean {
    return time <= this.history.end || this.clock.now() >= this.history.until
  }

  /** The moment a program sends an order: only what is recorded, and only by whoever owns the account. */
  noteSubmit(run: Run, { symbol, terms }: OrderRequest): void {
    const id = terms.clientOrderId
    const watch = this.watches.get(symbol)
    const intended = watch?.orders.intended.get(id)
    if (watch === undefined || intended === undefined) return this.blame(`${id} is sent and not recorded`)
    watch.sent.set(id, this.clock.now())
    const ageMs = this.clock.now() - intended.time
    const isLate = terms.purpose === 'entry' && terms.orderType === 'MARKET' && ageMs > watch.config.maxPriceAgeMs
    if (isLate) this.blame(`${id} is an entry at a market of ${ageMs} ms ago`)
    const unseenMs = intended.time - (run.marked.get(symbol) ?? 0)
    if (terms.purpose === 'entry' && unseenMs > watch.config.maxPriceAgeMs + UNSURE_MS)
      this.blame(`${id} is an entry ${unseenMs} ms after the last mark`)
    const heard = run.heard.get(symbol)
    const problem =
      heard !== undefined && heard.time + UNSURE_MS < intended.time ? misfitOf(terms, heard.instrument) : null
    if (problem !== null) this.blame(`${terms.purpose} ${id} ${problem}, as its program has heard`)
    this.mustOwn(run, `sends ${terms.purpose} ${id}`)
  }

  /** The moment a program cancels: only orders of ours, and only as the owner of the account. */
  noteCancel(run: Run, id: string | null): void {
    if (id === null || !isOwnOrderId(id)) this.blame(`${id ?? 'everything'} is cancelled, which is not ours`)
    this.mustOwn(run, `cancels ${id ?? 'everything'}`)
  }

  private mustOwn({ program, manager }: Run, what: string): void {
    const epoch = manager.epoch ?? 0
    if (epoch < this.newestEpoch) this.blame(`${program.name} ${what}, another program owns the account`)
    this.newestEpoch = Math.max(this.newestEpoch, epoch)
    this.tell(`  ${program.name} ${what}`)
  }

  private tellEvents(events: readonly BookEvent[]): void {
    if (!this.isTold) return
    for (const event of events) this.story.push(`${this.clock.now() - START}   ${tellEvent(event)}`)
  }

  private watch(symbol: string): BookWatch {
    const { circumstances, account, exchange } = this
    return new BookWatch({
      symbol,
      filtersAsked: () => this.filtersAsked,
      instrument: () => marketOf(exchange, symbol).rules.instrument,
      account,
      circumstances,
      blame: (text) => {
        this.blame(text)
      },
    })
  }
}

function marketFor(symbol: string): { readonly rules: typeof BTCUSDT; readonly price: ReturnType<typeof parsePrice> } {
  const market = symbol === 'ETHUSDT' ? MARKETS.ETHUSDT : MARKETS.BTCUSDT
  return { rules: market.rules, price: parsePrice(market.price) }
}

/** What every event has; its story needs the rest. */
const HEADER = new Set(['type', 'because', 'version', 'time', 'correlationId', 'causationId'])

function tellEvent(event: BookEvent): string {
  const body = JSON.stringify(event, (key, value: unknown) => (HEADER.has(key) ? undefined : value))
  const rule = event.because === undefined ? '' : ` (${event.because.rule})`
  return `${event.type} ${body} <- ${event.causationId}${rule}`
}
