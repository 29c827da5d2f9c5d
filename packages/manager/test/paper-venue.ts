import {
  type AccountEvent,
  type Clock,
  type FundingHistory,
  type HistoryRequest,
  isConditional,
  type MarketEvent,
  type OpenOrder,
  type OrderLookup,
  type OrderRef,
  type OrderRequest,
  type TradeHistory,
  type Venue,
  type VenueCapabilities,
  VenueError,
  type VenueStream,
  type WriteResult,
} from '@tranchebook/adapters'
import {
  type Instrument,
  parsePrice,
  parseQuantity,
  type PositionInput,
  type PositionMode,
  type Price,
  unknownInstrument,
} from '@tranchebook/core'
import { type PaperExchange, type PaperNews, type PaperOrder } from './paper-exchange.js'

/** What happens to the next write: its reply is lost, or breaks the adapter, it is lost itself, it hangs for ever, or it never leaves. */
export type Fault = 'lose-reply' | 'break' | 'lose-request' | 'hang' | 'not-sent'

const CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'],
  conditionalStyle: 'separate-orders',
  maxConditionalOrders: 200,
  maxBatchSubmit: 5,
  maxBatchCancel: 10,
  isClosePositionStopExclusive: false,
  canModify: false,
  canCancelInFlight: false,
  acceptWindowMs: 5000,
  isStreamOrdered: true,
  hasEarlyFills: false,
  historyMs: null,
  cancelledOrderMs: null,
}

const REQUEST_MS = 4
const REPLY_MS = 8
const EVENT_MS = 2
const TIMEOUT_MS = 1000

/** One process's connection to a paper exchange: takes time, loses what a test tells it to lose. */
export class PaperVenue implements Venue {
  readonly name = 'paper'
  readonly account: string
  capabilities = CAPABILITIES
  /** What was asked to be placed, in order. */
  readonly submitted: OrderRequest[] = []
  readonly cancelled: OrderRef[] = []
  /** Sizes of the requests that carried many writes. */
  readonly batches: number[] = []
  /** Decides over each write; `null` = it works. */
  fault: (write: OrderRequest | OrderRef) => Fault | null = () => null
  /** Reads fail while it is true. */
  isUnreachable = false
  /** Until then no order can be found, though it is there. */
  hidesOrdersUntil = 0
  /** So many answers about trades come from before anything was traded. */
  staleTradeAnswers = 0
  /** What it lets one trade, where that differs from the usual. */
  limits: Partial<Instrument> = {}
  /** Whether it does not tell the price of a symbol by itself. */
  isMarkSilent: (symbol: string) => boolean = () => false
  /** How the account says it holds positions. */
  positionMode: PositionMode = 'HEDGE'
  /** How long an answer to a write takes on its way back. */
  replyMs = REPLY_MS
  /** How often each account event is delivered. */
  copies = 1
  private readonly delisted = new Set<string>()
  private readonly exchange: PaperExchange
  private readonly clock: Clock
  private readonly symbols: readonly string[]
  private listener: ((event: AccountEvent) => void) | null = null
  private markListener: ((event: MarketEvent) => void) | null = null
  private held: AccountEvent[] | null = []
  private resync = 0
  private isCut = false
  private readonly unanswered: ((result: WriteResult) => void)[] = []
  private readonly leave: () => void

  constructor(exchange: PaperExchange, clock: Clock, symbols: readonly string[]) {
    this.exchange = exchange
    this.clock = clock
    this.symbols = symbols
    this.account = exchange.account
    this.leave = exchange.listen((news) => {
      this.deliver(news)
    })
  }

  /** The process is gone: nothing reaches it, nothing comes from it. */
  kill(): void {
    this.leave()
    this.listener = null
    this.markListener = null
    this.fault = () => 'hang'
  }

  /** The stream breaks; what happens from now on is not told. */
  cut(): void {
    this.isCut = true
    this.listener?.({ type: 'gap', time: this.clock.now(), since: null, reason: 'cut' })
  }

  /** The stream of prices breaks. */
  cutMarks(): void {
    this.markListener?.({ type: 'gap', time: this.clock.now(), since: null, reason: 'cut' })
  }

  /** The stream of prices stands again. */
  reconnectMarks(): void {
    this.markListener?.({ type: 'connected', time: this.clock.now() })
  }

  /** Somebody changes how the account holds positions. */
  changeMode(mode: PositionMode): void {
    this.positionMode = mode
    this.listener?.({ type: 'positionModeChanged', time: this.clock.now(), isHedge: mode === 'HEDGE' })
  }

  /** The stream says something that the adapter does not understand. */
  garble(): void {
    this.listener?.({ type: 'quarantined', time: this.clock.now(), reason: 'an event nobody knows', raw: '{}' })
  }

  /** The stream stands again. */
  reconnect(): void {
    this.isCut = false
    this.held = []
    this.resync += 1
    const { resync } = this
    this.listener?.({ type: 'resyncNeeded', resync, time: this.clock.now(), since: null, reason: 'reconnected' })
  }

  /** The venue takes a symbol away, and refuses every question about it. */
  delist(symbol: string): void {
    this.delisted.add(symbol)
  }

  /** Moves the exchange's mark and tells this process. */
  setMark(symbol: string, price: string): void {
    this.exchange.setMark(symbol, price)
    this.tellMark(symbol, parsePrice(price))
  }

  async fetchInstruments(): Promise<readonly Instrument[]> {
    const listed = this.symbols.filter((symbol) => !this.delisted.has(symbol))
    return this.read(() => listed.map((symbol) => ({ ...instrumentOf(symbol), ...this.limits })))
  }

  async fetchPositionMode(): Promise<PositionMode> {
    return this.read(() => this.positionMode)
  }

  async fetchPositions(symbols: readonly string[]): Promise<readonly PositionInput[]> {
    return this.read(() =>
      symbols.flatMap((symbol) =>
        (['LONG', 'SHORT'] as const).map((side) => this.exchange.positionReport(symbol, side)),
      ),
    )
  }

  async fetchOpenOrders(symbol: string | null): Promise<readonly OpenOrder[]> {
    return this.readOf(symbol, () => this.exchange.open(symbol).map(openOrder))
  }

  async findOrder({ clientOrderId }: OrderRef): Promise<OrderLookup> {
    return this.read(() => {
      const order = this.exchange.find(clientOrderId)
      const isHidden = this.clock.now() < this.hidesOrdersUntil
      if (order === null || isHidden) return { type: 'notFound', time: this.clock.now() }
      return { type: 'found', report: this.exchange.reportOf(order) }
    })
  }

  /** As venues tell trades: without client ids, what is known already included. */
  async fetchTrades({ symbol, afterId, since }: HistoryRequest): Promise<TradeHistory> {
    return this.readOf(symbol, () => {
      this.staleTradeAnswers -= 1
      if (this.staleTradeAnswers >= 0) return { fills: [], isComplete: true }
      const fills = this.exchange.trades
        .filter(
          (trade) => trade.symbol === symbol && (afterId === null || Number(trade.tradeId) >= Number(afterId) - 3),
        )
        .filter((trade) => since === null || trade.time >= since)
        .map((trade) => ({ ...trade, clientOrderId: null }))
      return { fills, isComplete: true }
    })
  }

  async fetchFunding({ symbol }: HistoryRequest): Promise<FundingHistory> {
    return this.readOf(symbol, () => ({ payments: [], isComplete: true }))
  }

  async syncClock(): ReturnType<Venue['syncClock']> {
    return this.read(() => ({ offsetMs: 0, roundTripMs: 0, time: this.clock.now() }))
  }

  async submit(order: OrderRequest): Promise<WriteResult> {
    this.submitted.push(order)
    return this.write(order, () => {
      const placed = this.exchange.place(order)
      if (typeof placed === 'string') return refused(placed)
      const { id, clientOrderId } = placed
      return { outcome: 'acknowledged', clientOrderId, venueOrderId: id, report: null }
    })
  }

  async submitMany(orders: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
    this.batches.push(orders.length)
    return Promise.all(orders.map(async (order) => this.submit(order)))
  }

  async modify(): Promise<WriteResult> {
    return Promise.resolve(refused('invalid'))
  }

  async cancel(order: OrderRef): Promise<WriteResult> {
    this.cancelled.push(order)
    return this.write(order, () => {
      const found = this.exchange.cancel(order.clientOrderId)
      if (found === null) return refused('unknown-order')
      const { id, clientOrderId } = found
      return { outcome: 'acknowledged', clientOrderId, venueOrderId: id, report: this.exchange.reportOf(found) }
    })
  }

  async cancelMany(orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
    this.batches.push(orders.length)
    return Promise.all(orders.map(async (order) => this.cancel(order)))
  }

  async cancelAll(): Promise<WriteResult> {
    return Promise.resolve(refused('invalid'))
  }

  async setLeverage(): Promise<WriteResult> {
    return Promise.resolve({ outcome: 'acknowledged', clientOrderId: '', venueOrderId: null, report: null })
  }

  /** Tells the present marks at the beginning, as venues do within a second. */
  streamMarks(symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream {
    this.markListener = listener
    this.clock.schedule(EVENT_MS, () => {
      if (this.markListener !== listener) return
      for (const symbol of symbols) {
        const mark = this.isMarkSilent(symbol) ? null : this.exchange.markOf(symbol)
        if (mark !== null) this.tellMark(symbol, mark)
      }
    })
    return this.streamOf(() => {
      if (this.markListener === listener) this.markListener = null
    })
  }

  streamAccount(listener: (event: AccountEvent) => void): VenueStream {
    this.listener = listener
    this.clock.schedule(EVENT_MS, () => {
      this.reconnect()
    })
    return this.streamOf(() => {
      this.listener = null
    })
  }

  async close(): Promise<void> {
    this.leave()
    return Promise.resolve()
  }

  private streamOf(end: () => void): VenueStream {
    return {
      opened: Promise.resolve(),
      resume: (resync) => {
        if (resync !== this.resync) return
        const held = this.held ?? []
        this.held = null
        for (const event of held) this.listener?.(event)
      },
      close: async () => {
        end()
        return Promise.resolve()
      },
    }
  }

  /** The stream says a price, dated as it likes. */
  tellMark(symbol: string, price: Price, time = this.clock.now()): void {
    const { account } = this
    this.markListener?.({ type: 'mark', id: `mark:${time}`, time, account, symbol, price })
  }

  private deliver(news: PaperNews): void {
    if (this.isCut || this.listener === null) return
    for (let copy = 0; copy < this.copies; copy += 1)
      this.clock.schedule(EVENT_MS, () => {
        if (this.held !== null) this.held.push(news)
        else this.listener?.(news)
      })
  }

  private async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.clock.schedule(ms, resolve)
    })
  }

  private async read<Answer>(answer: () => Answer): Promise<Answer> {
    await this.wait(REQUEST_MS)
    if (this.isUnreachable) throw new VenueError('venue.unreachable', 'nobody answers')
    const said = answer()
    await this.wait(REPLY_MS)
    return said
  }

  private async readOf<Answer>(symbol: string | null, answer: () => Answer): Promise<Answer> {
    if (symbol !== null && this.delisted.has(symbol))
      throw new VenueError('venue.read.failed', 'Invalid symbol.', {
        details: { outcome: 'refused', reason: 'invalid' },
      })
    return this.read(answer)
  }

  private async neverAnswer(): Promise<WriteResult> {
    return new Promise<WriteResult>((resolve) => {
      this.unanswered.push(resolve)
    })
  }

  private async write(what: OrderRequest | OrderRef, perform: () => WriteResult): Promise<WriteResult> {
    const fault = this.fault(what)
    if (fault === 'not-sent')
      return { outcome: 'not-sent', reason: 'connection', message: 'no connection', retryAfterMs: null }
    await this.wait(REQUEST_MS)
    if (fault === 'hang') return this.neverAnswer()
    const result = fault === 'lose-request' ? null : perform()
    if (fault === 'break') throw new TypeError('an answer of another shape')
    if (fault !== null || result === null) {
      await this.wait(TIMEOUT_MS)
      return { outcome: 'unknown', code: null, message: 'timed out after it was written' }
    }
    await this.wait(this.replyMs)
    return result
  }
}

function refused(reason: Extract<WriteResult, { outcome: 'refused' }>['reason']): WriteResult {
  return { outcome: 'refused', reason, code: null, message: reason, isPermanent: false, retryAfterMs: null }
}

function instrumentOf(symbol: string): Instrument {
  const bare = unknownInstrument(symbol)
  return { ...bare, tickSize: parsePrice('0.1'), stepSize: parseQuantity('0.001'), minQuantity: parseQuantity('0.001') }
}

function openOrder({ id, clientOrderId, childId, request, filled, time }: PaperOrder): OpenOrder {
  const { terms, symbol } = request
  const { orderType, orderSide, positionSide, reduceOnly, closePosition } = terms
  return {
    symbol,
    clientOrderId,
    venueOrderId: id,
    childOrderId: childId,
    isConditional: isConditional(orderType),
    orderType,
    venueType: orderType,
    orderSide,
    positionSide,
    quantity: parseQuantity(terms.quantity ?? '0'),
    filledQuantity: filled,
    price: terms.price === null ? null : parsePrice(terms.price),
    triggerPrice: terms.triggerPrice === null ? null : parsePrice(terms.triggerPrice),
    reduceOnly,
    closePosition,
    time,
  }
}
