import {
  type AccountSummary,
  ALONE,
  type BookEvent,
  type BookOrder,
  type BookRun,
  configFor,
  type EventOf,
  type EventType,
  formatQuantity,
  type Instrument,
  parseConfig,
  parseInput,
  runBook,
  type SendingMode,
  type TrancheBook,
  unknownInstrument,
} from '@tranchebook/core'
import type { OptionsFile } from '../src/lines/config-file.js'
import type { FillLine } from '../src/lines/input-line.js'

/** How a desk trades. */
export interface DeskSetup {
  readonly options?: OptionsFile
  readonly limits?: OptionsFile
  readonly positionMode?: 'HEDGE' | 'ONE_WAY'
  readonly sending?: SendingMode
  readonly instrument?: Partial<Instrument>
  readonly symbol?: string
  /** What the account's other books hold; nothing where it is absent. */
  readonly account?: () => AccountSummary
}

type Side = 'LONG' | 'SHORT'

/** One book that sends orders, and the venue's answers to them: written down one after the other, a second apart. */
export class Desk {
  readonly events: BookEvent[] = []
  time = 1_714_000_000_000
  private readonly run: BookRun
  private readonly positionMode: 'HEDGE' | 'ONE_WAY'
  private readonly symbol: string
  private readonly account: () => AccountSummary
  private sequence = 0

  constructor(setup: DeskSetup = {}) {
    this.positionMode = setup.positionMode ?? 'HEDGE'
    this.symbol = setup.symbol ?? 'BTCUSDT'
    this.account = setup.account ?? (() => ALONE)
    const file = { positionMode: this.positionMode, defaults: setup.options ?? {}, limits: setup.limits ?? {} }
    const config = parseConfig(file)
    this.run = runBook(
      { account: 'main', symbol: this.symbol, positionMode: this.positionMode },
      {
        config: configFor(config, this.symbol),
        limits: config.limits,
        instrument: { ...unknownInstrument(this.symbol), ...setup.instrument },
        readiness: { isLive: true, reasons: [] },
        sending: setup.sending ?? 'trade',
        conditionalRoom: null,
        closingRules: new Map(),
      },
    )
  }

  get book(): TrancheBook {
    return this.run.book
  }

  /** Takes one input line; gives what was decided. */
  take(line: Readonly<Record<string, unknown>>): readonly BookEvent[] {
    this.sequence += 1
    this.time += 1000
    const defaults = { account: 'main', positionMode: this.positionMode, sequence: this.sequence }
    const input = parseInput({ time: this.time, symbol: this.symbol, ...line }, defaults)
    const { events } = this.run.take(input, { account: this.account() })
    this.events.push(...events)
    return events
  }

  mark(price: string): readonly BookEvent[] {
    return this.take({ type: 'mark', price })
  }

  command(command: string, more: Readonly<Record<string, unknown>> = {}): readonly BookEvent[] {
    return this.take({ type: 'command', command, ...more })
  }

  /** Compares what should rest at the venue with what does, and answers every new order: it rests. */
  protect(): readonly BookEvent[] {
    const events = this.take({ type: 'review' })
    for (const order of this.orders()) if (order.state === 'intended') this.answer(order, 'acknowledged')
    return events
  }

  /** Reviews and answers, cancels included, until nothing is left to change. */
  settle(): void {
    for (let round = 0; round < 20; round += 1) {
      if (this.protect().length === 0 && this.orders().every(({ state }) => state === 'working' || state === 'unknown'))
        return
      for (const order of this.orders()) {
        const filledQuantity = formatQuantity(order.filled)
        if (order.state === 'cancelling') this.answer(order, 'cancelled', { filledQuantity })
      }
    }
    throw new Error(`orders do not come to rest: ${this.describeOrders()}`)
  }

  answer(order: BookOrder, status: string, more: Readonly<Record<string, unknown>> = {}): readonly BookEvent[] {
    const orderId = `V${order.clientOrderId}`
    return this.take({ type: 'order', clientOrderId: order.clientOrderId, status, orderId, ...more })
  }

  /** A fill of one of our orders. */
  fillOf(order: BookOrder, quantity: string, price: string, more: Partial<FillLine> = {}): readonly BookEvent[] {
    return this.take({
      type: 'fill',
      side: order.orderSide,
      positionSide: order.positionSide,
      quantity,
      price,
      tradeId: `${this.sequence + 1}`,
      orderId: `V${order.clientOrderId}`,
      clientOrderId: order.clientOrderId,
      ...more,
    })
  }

  /** A fill nobody here asked for. */
  fill(side: 'BUY' | 'SELL', quantity: string, price: string, more: Partial<FillLine> = {}): readonly BookEvent[] {
    const positionSide = this.positionMode === 'HEDGE' ? 'LONG' : 'BOTH'
    return this.take({ type: 'fill', side, positionSide, quantity, price, tradeId: `${this.sequence + 1}`, ...more })
  }

  /** Opens a tranche by command, and fills its order. */
  open(side: Side, quantity: string, price: string, label?: string): string {
    this.mark(price)
    this.command('openTranche', { side, quantity, ...(label === undefined ? {} : { label }) })
    const order = this.orders('entry').at(-1)
    if (order === undefined) throw new Error(`the entry was refused: ${JSON.stringify(this.events.at(-1))}`)
    this.answer(order, 'acknowledged')
    const opened = this.fillOf(order, quantity, price).find((event) => event.type === 'TrancheOpened')
    this.answer(order, 'filled', { filledQuantity: quantity })
    if (opened === undefined) throw new Error('the fill of an entry opened nothing')
    return opened.tranche
  }

  orders(purpose?: BookOrder['purpose']): readonly BookOrder[] {
    const all = [...this.book.orders.values()]
    return purpose === undefined ? all : all.filter((order) => order.purpose === purpose)
  }

  order(purpose: BookOrder['purpose'], tranche?: string): BookOrder {
    const found = this.orders(purpose).find(
      ({ allocation }) => tranche === undefined || allocation.some((part) => part.tranche === tranche),
    )
    if (found === undefined)
      throw new Error(`no ${purpose} order for ${tranche ?? 'anything'}: ${this.describeOrders()}`)
    return found
  }

  eventsOf<Type extends EventType>(type: Type): readonly EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type)
  }

  quantity(side: Side = 'LONG'): string {
    return formatQuantity(this.book.groups[side].quantity)
  }

  private describeOrders(): string {
    return this.orders()
      .map(({ purpose, allocation }) => `${purpose} of ${allocation.map(({ tranche }) => tranche).join('+')}`)
      .join(', ')
  }
}
