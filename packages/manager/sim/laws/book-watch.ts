import {
  applyEvent,
  type BookEvent,
  changeConfig,
  configFor,
  emptyBook,
  type Instrument,
  type Side,
  streamOf,
  type SymbolConfig,
  type TrancheBook,
} from '@tranchebook/core'
import type { Appended } from '@tranchebook/store'
import type { Account } from '@tranchebook/simulator'
import type { Circumstances } from '../world/circumstances.js'
import { FillLaw } from './fill-law.js'
import { type Blame, Lots } from './lots.js'
import { OrderLaw } from './order-law.js'

/** Whose log is watched. */
export interface WatchSetup {
  readonly symbol: string
  readonly instrument: Instrument
  readonly account: Account
  readonly circumstances: Circumstances
  readonly blame: Blame
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** So many conditional orders leave room for a stop beside the one that it replaces. */
const ROOMY = 50

/** Holds the log of one book to the laws, event by event, as it is written. */
export class BookWatch {
  readonly symbol: string
  readonly stream: string
  readonly instrument: Instrument
  readonly events: BookEvent[] = []
  /** Folded from the log alone, by the rules as they should be. */
  readonly book: TrancheBook
  readonly lots: Lots
  readonly fills: FillLaw
  readonly orders: OrderLaw
  config: SymbolConfig
  private readonly setup: WatchSetup
  private readonly hasRoom: boolean
  private readonly fundings = new Set<string>()

  constructor(setup: WatchSetup) {
    const { symbol, instrument, account, circumstances } = setup
    const { config, mode, behaviour } = circumstances
    this.setup = setup
    this.symbol = symbol
    this.instrument = instrument
    this.stream = streamOf({ account: config.account, symbol })
    this.book = emptyBook({ account: config.account, symbol, positionMode: mode })
    this.config = configFor(config, symbol)
    this.hasRoom = (behaviour.maxConditionals ?? 0) > ROOMY
    const blame: Blame = (text) => {
      setup.blame(`${symbol}: ${text}`)
    }
    this.lots = new Lots(instrument.tickSize, blame)
    this.fills = new FillLaw(account, blame)
    this.orders = new OrderLaw(blame)
  }

  take(events: readonly BookEvent[], { firstVersion }: Appended): void {
    if (firstVersion !== this.events.length + 1)
      this.blame(`version ${firstVersion} follows ${this.events.length}: versions are not dense`)
    for (const event of events) this.note(event)
    for (const side of SIDES)
      if (this.lots.quantityOf(side) !== this.book.groups[side].quantity)
        this.blame(`${side}: Σ of its tranches is not the quantity of the group`)
  }

  private note(event: BookEvent): void {
    const { book, config, instrument, hasRoom } = this
    const view = { book, config, instrument, hasRoom }
    if (event.type === 'OrderIntended') this.orders.intends(event, view)
    if (event.type === 'CancelIntended') this.orders.cancels(event, view)
    if (event.type === 'FillBooked') this.fills.note(event)
    if (event.type === 'FundingBooked') this.noteFunding(event.fundingId)
    if (event.type === 'ConfigurationChanged') this.config = changeConfig(config, event.options, { closingRules: [] })
    this.lots.note(event)
    this.events.push(event)
    try {
      applyEvent(book, event)
    } catch (error) {
      this.blame(`${event.type} cannot be replayed: ${String(error)}`)
    }
    if (book.version !== this.events.length) this.blame(`event ${this.events.length} gave version ${book.version}`)
  }

  private noteFunding(id: string): void {
    if (this.fundings.has(id)) this.blame(`funding ${id} was booked twice`)
    this.fundings.add(id)
  }

  private blame(text: string): void {
    this.setup.blame(`${this.symbol}: ${text}`)
  }
}
