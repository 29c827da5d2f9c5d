import { isConditional, type OrderRequest, type RefusalReason } from '@tranchebook/adapters'
import {
  averagePrice,
  type FillInput,
  larger,
  minus,
  NO_MONEY,
  NO_QUANTITY,
  notional,
  type OrderInput,
  type OrderReportStatus,
  parsePrice,
  parseQuantity,
  plus,
  type PositionInput,
  type Price,
  type Quantity,
  type Side,
  smaller,
  asMoney,
  type Money,
} from '@tranchebook/core'

/** An order as the exchange keeps it. */
export interface PaperOrder {
  readonly id: string
  readonly clientOrderId: string
  readonly request: OrderRequest
  readonly side: Side
  readonly isOpening: boolean
  status: OrderReportStatus
  filled: Quantity
  childId: string | null
  readonly time: number
}

/** What an exchange tells about the account. */
export type PaperNews = FillInput | OrderInput | PositionInput

interface Position {
  quantity: Quantity
  cost: Money
}

/** A small exchange in hedge mode: one account, orders that fill at the mark, stops that trigger and get another id. */
export class PaperExchange {
  readonly account: string
  readonly orders = new Map<string, PaperOrder>()
  readonly trades: FillInput[] = []
  /** Refuses the next orders for which it gives a reason. */
  refuse: (request: OrderRequest) => RefusalReason | null = () => null
  private readonly marks = new Map<string, Price>()
  private readonly positions = new Map<string, Position>()
  private readonly listeners = new Set<(news: PaperNews) => void>()
  private readonly now: () => number
  private nextId = 1

  constructor(account: string, now: () => number) {
    this.account = account
    this.now = now
  }

  listen(listener: (news: PaperNews) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  markOf(symbol: string): Price | null {
    return this.marks.get(symbol) ?? null
  }

  /** Moves the mark; what it reaches fills or triggers. */
  setMark(symbol: string, text: string): void {
    const mark = parsePrice(text)
    this.marks.set(symbol, mark)
    for (const order of this.open(symbol)) {
      const { price, triggerPrice } = order.request.terms
      if (triggerPrice !== null && this.isTriggered(order, mark)) this.trigger(order, mark)
      else if (price !== null && isReached(order, mark)) this.fill(order, this.leftOf(order), parsePrice(price))
    }
  }

  open(symbol: string | null): readonly PaperOrder[] {
    return [...this.orders.values()].filter(
      ({ status, request }) => status === 'acknowledged' && (symbol === null || request.symbol === symbol),
    )
  }

  place(request: OrderRequest): PaperOrder | RefusalReason {
    const { terms, symbol } = request
    const mark = this.markOf(symbol)
    const reason = this.refuse(request)
    if (reason !== null) return reason
    if (mark === null) return 'symbol-closed'
    if (this.open(null).some(({ clientOrderId }) => clientOrderId === terms.clientOrderId)) return 'duplicate-id'
    const order = this.keep(request)
    if (isConditional(terms.orderType)) {
      if (!this.isTriggered(order, mark)) return this.accept(order)
      this.orders.delete(order.id)
      return 'would-trigger'
    }
    if (!order.isOpening && this.leftOf(order) > this.positionOf(symbol, order.side).quantity) {
      this.orders.delete(order.id)
      return 'reduce-only'
    }
    this.accept(order)
    if (terms.orderType === 'MARKET') this.fill(order, this.leftOf(order), mark)
    else if (terms.price !== null && isReached(order, mark))
      this.fill(order, this.leftOf(order), parsePrice(terms.price))
    return order
  }

  cancel(clientOrderId: string): PaperOrder | null {
    const order = this.open(null).find((candidate) => candidate.clientOrderId === clientOrderId)
    if (order === undefined) return null
    order.status = 'cancelled'
    this.tell(this.reportOf(order))
    return order
  }

  /** A part of a resting order trades at its price. */
  fillPart(clientOrderId: string, quantity: string): void {
    const order = this.open(null).find((candidate) => candidate.clientOrderId === clientOrderId)
    const price = order?.request.terms.price ?? null
    if (order === undefined || price === null) throw new RangeError(`${clientOrderId} rests nowhere`)
    this.fill(order, parseQuantity(quantity), parsePrice(price))
  }

  /** Somebody trades by hand, at the mark. */
  tradeByHand(symbol: string, side: Side, { quantity, isOpening }: { quantity: string; isOpening: boolean }): void {
    const terms = {
      clientOrderId: `web_${this.nextId}`,
      purpose: 'entry',
      orderType: 'MARKET',
      orderSide: (side === 'LONG') === isOpening ? 'BUY' : 'SELL',
      positionSide: side,
      quantity,
      price: null,
      triggerPrice: null,
      reduceOnly: false,
      closePosition: false,
    } as const
    this.place({ symbol, terms, workingType: 'MARK_PRICE' })
  }

  find(clientOrderId: string): PaperOrder | null {
    return [...this.orders.values()].findLast((order) => order.clientOrderId === clientOrderId) ?? null
  }

  /** As if there had never been such an order. */
  forget(clientOrderId: string): void {
    const order = this.find(clientOrderId)
    if (order !== null) this.orders.delete(order.id)
  }

  quantityOf(symbol: string, side: Side): Quantity {
    return this.positionOf(symbol, side).quantity
  }

  reportOf(order: PaperOrder): OrderInput {
    const { id, clientOrderId, status, childId, filled, request } = order
    return {
      type: 'order',
      id: `order:${clientOrderId}:${status}:${this.now()}`,
      time: this.now(),
      account: this.account,
      symbol: request.symbol,
      clientOrderId,
      status,
      orderId: id,
      childOrderId: childId,
      filledQuantity: filled,
      code: null,
      message: null,
      isPermanent: false,
      wouldTrigger: false,
    }
  }

  positionReport(symbol: string, side: Side): PositionInput {
    const { quantity, cost } = this.positionOf(symbol, side)
    return {
      type: 'position',
      id: `position:${side}:${this.now()}`,
      time: this.now(),
      account: this.account,
      symbol,
      positionSide: side,
      quantity,
      entryPrice: quantity === 0n ? null : averagePrice(cost, quantity, 'nearest'),
      markPrice: this.markOf(symbol),
    }
  }

  private keep(request: OrderRequest): PaperOrder {
    const { terms } = request
    const side: Side = terms.positionSide === 'SHORT' ? 'SHORT' : 'LONG'
    const isOpening = (side === 'LONG') === (terms.orderSide === 'BUY')
    const { clientOrderId } = terms
    const id = this.takeId()
    const bare = { id, clientOrderId, request, side, isOpening, childId: null, time: this.now() }
    const order: PaperOrder = { ...bare, status: 'acknowledged', filled: NO_QUANTITY }
    this.orders.set(id, order)
    return order
  }

  private accept(order: PaperOrder): PaperOrder {
    this.tell(this.reportOf(order))
    return order
  }

  private takeId(): string {
    const id = String(this.nextId)
    this.nextId += 1
    return id
  }

  private leftOf({ request, filled, side }: PaperOrder): Quantity {
    const { quantity } = request.terms
    if (quantity === null) return this.positionOf(request.symbol, side).quantity
    return larger(minus(parseQuantity(quantity), filled), NO_QUANTITY)
  }

  private isTriggered({ request, side }: PaperOrder, mark: Price): boolean {
    const trigger = parsePrice(request.terms.triggerPrice ?? '0')
    const isStop = request.terms.orderType === 'STOP_MARKET'
    return (side === 'LONG') === isStop ? mark <= trigger : mark >= trigger
  }

  /** A stop becomes a market order under an id of its own; what the position does not hold any more is dropped. */
  private trigger(order: PaperOrder, mark: Price): void {
    order.childId = this.takeId()
    const left = smaller(this.leftOf(order), this.quantityOf(order.request.symbol, order.side))
    this.tell({ ...this.reportOf(order), status: 'triggered' })
    if (left > 0n) this.fill(order, left, mark)
    if (order.status !== 'acknowledged') return
    order.status = order.filled > 0n ? 'filled' : 'expired'
    this.tell(this.reportOf(order))
  }

  private fill(order: PaperOrder, quantity: Quantity, price: Price): void {
    const { request, side, isOpening } = order
    const position = this.positionOf(request.symbol, side)
    const value = isOpening
      ? notional(price, quantity)
      : asMoney((-position.cost * quantity) / (position.quantity === 0n ? 1n : position.quantity))
    position.cost = plus(position.cost, value)
    position.quantity = isOpening ? plus(position.quantity, quantity) : minus(position.quantity, quantity)
    order.filled = plus(order.filled, quantity)
    if (this.leftOf(order) === 0n) order.status = 'filled'
    this.tell(this.positionReport(request.symbol, side))
    this.tell(this.tradeOf(order, quantity, price))
    if (order.status === 'filled') this.tell(this.reportOf(order))
  }

  private tradeOf(order: PaperOrder, quantity: Quantity, price: Price): FillInput {
    const { request, id, childId, clientOrderId } = order
    const tradeId = String(1000 + this.trades.length)
    const trade: FillInput = {
      type: 'fill',
      id: `fill:${tradeId}`,
      time: this.now(),
      account: this.account,
      symbol: request.symbol,
      side: request.terms.orderSide,
      positionSide: order.side,
      quantity,
      price,
      fee: NO_MONEY,
      feeAsset: 'USDT',
      tradeId,
      orderId: childId ?? id,
      clientOrderId: childId === null ? clientOrderId : null,
      tranche: null,
      realizedPnl: null,
      maker: false,
      kind: 'trade',
    }
    this.trades.push(trade)
    return trade
  }

  private positionOf(symbol: string, side: Side): Position {
    const key = `${symbol}/${side}`
    const known = this.positions.get(key) ?? { quantity: NO_QUANTITY, cost: NO_MONEY }
    this.positions.set(key, known)
    return known
  }

  private tell(news: PaperNews): void {
    for (const listener of this.listeners) listener(news)
  }
}

function isReached({ request }: PaperOrder, mark: Price): boolean {
  const price = parsePrice(request.terms.price ?? '0')
  return request.terms.orderSide === 'BUY' ? mark <= price : mark >= price
}
