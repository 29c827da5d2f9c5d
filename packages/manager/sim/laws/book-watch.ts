import {
  applyEvent,
  type BookEvent,
  changeConfig,
  configFor,
  coverage,
  emptyBook,
  type EventOf,
  type Instrument,
  larger,
  parsePrice,
  type Side,
  streamOf,
  type SymbolConfig,
  type Tranche,
  type TrancheBook,
} from '@tranchebook/core'
import type { Appended } from '@tranchebook/store'
import type { Account } from '@tranchebook/simulator'
import type { Circumstances } from '../world/circumstances.js'
import { AttributionLaw } from './attribution-law.js'
import { FillLaw } from './fill-law.js'
import { hasAskedSince, isByFilter } from './filter-law.js'
import { hasLost } from './loss.js'
import { type Blame, Lots } from './lots.js'
import { checkLadder } from './ladder-law.js'
import { checkOrderEnd, checkRefused } from './order-end-law.js'
import { isGuess } from './tolerance.js'
import { OrderLaw } from './order-law.js'

/** Whose log is watched. */
export interface WatchSetup {
  readonly symbol: string
  /** The symbol as the venue has it now. */
  readonly instrument: () => Instrument
  /** When a program has last asked for filters, epoch ms. */
  readonly filtersAsked: () => number
  readonly account: Account
  readonly circumstances: Circumstances
  readonly blame: Blame
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** So many programs may have something on its way to the log. */
const PROGRAMS = 3

/** So many conditional orders leave room for a stop beside the one that it replaces. */
const ROOMY = 50

/** Holds the log of one book to the laws, event by event, as it is written. */
export class BookWatch {
  readonly symbol: string
  readonly stream: string
  /** All filters that the venue has had so far. */
  readonly filters: Instrument[] = []
  readonly events: BookEvent[] = []
  /** Folded from the log alone, by the rules as they should be. */
  readonly book: TrancheBook
  readonly lots: Lots
  readonly fills: FillLaw
  readonly orders: OrderLaw
  private readonly attribution: AttributionLaw
  config: SymbolConfig
  private readonly setup: WatchSetup
  /** As the newest programs have heard of them. */
  private readonly heard = new Map<string, Instrument>()
  /** When orders have left, epoch ms. */
  readonly sent = new Map<string, number>()
  readonly fundings = new Set<string>()
  private readonly ticks = new Set<bigint>()
  /** Whether something was booked that no fill has proven. */
  hasGuessed = false
  /** The highest level of each tranche that the present input has reached. */
  private readonly reached = new Map<string, number>()

  constructor(setup: WatchSetup) {
    const { symbol, account, circumstances } = setup
    const { config, mode } = circumstances
    this.setup = setup
    this.symbol = symbol
    this.stream = streamOf({ account: config.account, symbol })
    this.book = emptyBook({ account: config.account, symbol, positionMode: mode })
    this.config = configFor(config, symbol)
    const blame: Blame = (text) => {
      setup.blame(`${symbol}: ${text}`)
    }
    this.noteFilters()
    this.lots = new Lots(this.ticks, blame)
    this.fills = new FillLaw(account, blame)
    this.orders = new OrderLaw(blame)
    this.attribution = new AttributionLaw(blame)
  }

  /** The symbol as it is now; less than the largest step that a program may go by counts as nothing, since a finer one is not announced. */
  get instrument(): Instrument {
    const now = this.setup.instrument()
    const steps = [...this.heard.values()].map(({ stepSize }) => stepSize)
    return { ...now, stepSize: steps.reduce(larger, now.stepSize) }
  }

  /** Filters have reached a program. What the ones before have decided may still be on its way to the log. */
  noteHeard(program: string, instrument: Instrument): void {
    this.heard.delete(program)
    this.heard.set(program, instrument)
    const [oldest] = this.heard.keys()
    if (this.heard.size > PROGRAMS && oldest !== undefined) this.heard.delete(oldest)
  }

  /** Of the account, or of the symbol as it may have been while the program asked last. */
  private get hasRoom(): boolean {
    const { maxConditionals } = this.setup.circumstances.behaviour
    const mosts = maxConditionals === null ? this.filters.map((known) => known.maxConditionalOrders) : [maxConditionals]
    return mosts.every((most) => most === null || most > ROOMY)
  }

  /** The venue has changed its filters. */
  noteFilters(): void {
    const filters = this.setup.instrument()
    this.filters.push(filters)
    this.ticks.add(filters.tickSize)
  }

  take(events: readonly BookEvent[], { firstVersion }: Appended): void {
    if (firstVersion !== this.events.length + 1)
      this.blame(`version ${firstVersion} follows ${this.events.length}: versions are not dense`)
    for (const event of events) this.note(event)
    this.settle()
    for (const side of SIDES)
      if (this.lots.quantityOf(side) !== this.book.groups[side].quantity)
        this.blame(`${side}: Σ of its tranches is not the quantity of the group`)
  }

  private note(event: BookEvent): void {
    if (event.causationId !== this.events.at(-1)?.causationId) this.settle()
    const { book, config, instrument, filters, hasRoom } = this
    const view = { book, config, instrument, filters, hasRoom }
    if (event.type === 'OrderIntended') this.orders.intends(event, view)
    if (event.type === 'CancelIntended') this.orders.cancels(event, view)
    if (event.type === 'FillBooked') this.fills.note(event)
    if (event.type === 'FundingBooked') this.noteFunding(event.fundingId)
    this.noteOrder(event)
    this.attribution.note(event, book)
    if (event.type === 'ConfigurationChanged') this.config = changeConfig(config, event.options, { closingRules: [] })
    this.lots.note(event)
    this.hasGuessed ||= isGuess(event)
    this.events.push(event)
    try {
      applyEvent(book, event)
    } catch (error) {
      this.blame(`${event.type} cannot be replayed: ${String(error)}`)
    }
    if (book.version !== this.events.length) this.blame(`event ${this.events.length} gave version ${book.version}`)
  }

  private noteOrder(event: BookEvent): void {
    const { account } = this.setup
    const blame: Blame = (text) => {
      this.blame(text)
    }
    if (event.type === 'OrderClosed') checkOrderEnd(event, account, blame)
    if (event.type === 'OrderRefused') {
      checkRefused(event, account, blame)
      this.checkAsked(event)
    }
    if (event.type === 'TakeProfitReached') this.noteReached(event)
    if (event.type === 'ProtectionRestored') this.noteRestored(event)
    if (event.type === 'TrancheIsolated') this.noteIsolated(event)
  }

  /** A refusal by a filter is recorded once the filters were asked for: what is tried next must fit them. */
  private checkAsked({ clientOrderId, code }: EventOf<'OrderRefused'>): void {
    const sentTime = this.sent.get(clientOrderId)
    if (sentTime === undefined || code === null || !isByFilter(code, this.setup.instrument())) return
    if (!hasAskedSince(this.setup.filtersAsked(), sentTime))
      this.blame(`${clientOrderId} was refused by a filter (${code}), and nobody has asked for the filters`)
  }

  private noteReached({ tranche, level }: EventOf<'TakeProfitReached'>): void {
    this.reached.set(tranche, Math.max(level, this.reached.get(tranche) ?? 0))
  }

  private checkRung(tranche: Tranche): void {
    const level = this.reached.get(tranche.id) ?? 0
    if (level === 0) return
    checkLadder(tranche, { level, stopLadder: this.config.stopLadder }, (text) => {
      this.blame(text)
    })
  }

  /** How long it was unprotected is what the log says. */
  private noteRestored({ forMs, time }: EventOf<'ProtectionRestored'>): void {
    const { unprotectedSince } = this.book
    if (unprotectedSince === null || forMs !== time - unprotectedSince)
      this.blame(`unprotected for ${forMs} ms, the log says since ${unprotectedSince ?? 'never'}, now ${time}`)
  }

  private noteIsolated({ tranche, price, because }: EventOf<'TrancheIsolated'>): void {
    const lot = this.lots.open.get(tranche)
    if (lot === undefined || price === null || because?.rule !== 'isolation' || lot.isCorrected) return
    if (!hasLost(this.config.trancheIsolationThreshold, lot, parsePrice(price)))
      this.blame(`${tranche} is isolated at ${price}, before its loss has reached the threshold`)
  }

  /** At the end of what one input led to. */
  private settle(): void {
    this.attribution.settle()
    if (this.events.at(-1)?.causationId.startsWith('review:') === true) this.checkVisible()
    for (const side of SIDES) for (const tranche of this.book.groups[side].tranches) this.checkRung(tranche)
    this.reached.clear()
  }

  /** A review leaves no side unprotected without saying so. */
  private checkVisible(): void {
    const { book } = this
    for (const side of SIDES)
      if (book.unprotectedSince === null && !coverage(book, side, this).protected)
        this.blame(`${side} is not protected, and a review does not say so`)
  }

  private noteFunding(id: string): void {
    if (this.fundings.has(id)) this.blame(`funding ${id} was booked twice`)
    this.fundings.add(id)
  }

  private blame(text: string): void {
    this.setup.blame(`${this.symbol}: ${text}`)
  }
}
