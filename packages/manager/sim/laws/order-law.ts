import {
  type BookOrder,
  clientOrderIdOf,
  coverage,
  type EventOf,
  type Instrument,
  parsePrice,
  parseQuantity,
  type Price,
  roundPrice,
  type Side,
  type SymbolConfig,
  streamOf,
  type TrancheBook,
} from '@tranchebook/core'
import type { Blame } from './lots.js'

/** What orders are judged by: the book as the log had it just before. */
export interface OrderView {
  readonly book: TrancheBook
  readonly config: SymbolConfig
  readonly instrument: Instrument
  /** All filters that the venue has had so far. */
  readonly filters: readonly Instrument[]
  /** Whether the venue has room for a stop beside the one that it replaces. */
  readonly hasRoom: boolean
}

type Intended = EventOf<'OrderIntended'>

/** Every order is intended once, rightly made, and never more than it may be. */
export class OrderLaw {
  readonly intended = new Map<string, Intended>()
  private readonly entries = new Set<string>()
  private readonly blame: Blame

  constructor(blame: Blame) {
    this.blame = blame
  }

  intends(event: Intended, view: OrderView): void {
    const { clientOrderId, intent, attempt } = event
    const mustHold = (holds: boolean, text: string): void => {
      if (!holds) this.blame(`${event.purpose} ${clientOrderId}: ${text}`)
    }
    mustHold(!this.intended.has(clientOrderId), 'was intended twice')
    this.intended.set(clientOrderId, event)
    const due = clientOrderIdOf({ stream: streamOf(view.book), intent, attempt })
    mustHold(clientOrderId === due, `is not named after its intent ${intent}`)
    checkTerms(event, view, mustHold)
    if (event.purpose === 'entry') {
      mustHold(!this.entries.has(event.causationId), 'is the second entry of one command')
      this.entries.add(event.causationId)
      checkEntry(event, view, mustHold)
    } else checkExit(event, view, mustHold)
    if (event.purpose === 'stop') checkStop(event, view, mustHold)
  }

  /** A stop goes only when what stays covers without it. */
  cancels(event: EventOf<'CancelIntended'>, view: OrderView): void {
    const order = view.book.orders.get(event.clientOrderId)
    if (order === undefined) return this.blame(`a cancel of ${event.clientOrderId}, which the book does not know`)
    if (order.purpose !== 'stop' || !view.hasRoom) return
    const without = new Map(view.book.orders)
    without.delete(event.clientOrderId)
    const isCovered = (orders: TrancheBook['orders']): boolean =>
      coverage({ ...view.book, orders }, order.side, view).protected
    if (isCovered(view.book.orders) && !isCovered(without))
      this.blame(`stop ${event.clientOrderId} is cancelled before another one rests`)
  }
}

type MustHold = (holds: boolean, text: string) => void

function isMultiple(value: bigint, step: bigint): boolean {
  return step === 0n || value % step === 0n
}

function checkTerms(event: Intended, { book, filters }: OrderView, mustHold: MustHold): void {
  const { side, orderSide, positionSide, quantity, closePosition, reduceOnly, purpose } = event
  const isBuy = (side === 'LONG') === (purpose === 'entry')
  mustHold(orderSide === (isBuy ? 'BUY' : 'SELL'), `${orderSide} is the wrong direction`)
  mustHold(positionSide === (book.positionMode === 'HEDGE' ? side : 'BOTH'), `${positionSide} is the wrong position`)
  mustHold((quantity === null) === closePosition, 'closes all and has a quantity, or neither')
  mustHold(quantity === null || parseQuantity(quantity) > 0n, `has a quantity of ${quantity ?? ''}`)
  const isOnGrid = filters.some((known) => fits(event, known))
  mustHold(
    isOnGrid,
    `${quantity ?? 'all'} at ${event.price ?? event.triggerPrice ?? 'market'} is between steps or ticks`,
  )
  mustHold(book.positionMode === 'ONE_WAY' || !reduceOnly, 'is reduce-only in hedge mode')
}

function checkEntry(event: Intended, { book, config }: OrderView, mustHold: MustHold): void {
  mustHold(book.pauses.length === 0, `is an entry while entries are off (${book.pauses.join()})`)
  mustHold(book.conflict === null, 'is an entry during a conflict')
  if (event.entryTranche !== null || config.entryMode !== 'NEW_TRANCHE') return
  const { LONG, SHORT } = book.groups
  const active = event.side === 'LONG' ? LONG : SHORT
  const taken = active.tranches.filter((tranche) => !tranche.isolated).length
  const waiting = [...book.orders.values()].filter(
    (order) =>
      order.purpose === 'entry' && order.side === event.side && order.entryTranche === null && order.filled === 0n,
  )
  const isFree = taken + waiting.length < config.maxTranches
  mustHold(isFree, `is one more entry than ${config.maxTranches} tranches allow`)
}

function openOf(quantity: string | null): bigint {
  return quantity === null ? 0n : parseQuantity(quantity)
}

function checkExit(event: Intended, { book }: OrderView, mustHold: MustHold): void {
  const { side, purpose, reduceOnly, closePosition, allocation } = event
  const other = book.groups[side === 'LONG' ? 'SHORT' : 'LONG']
  const mayOpen = book.positionMode === 'ONE_WAY' && other.quantity > 0n && purpose === 'exit'
  const isGuarded = book.positionMode === 'HEDGE' || reduceOnly || closePosition || mayOpen
  mustHold(isGuarded, 'could open the other side')
  const shares = allocation.reduce((sum, part) => sum + parseQuantity(part.quantity), 0n)
  mustHold(allocation.length === 0 || shares === openOf(event.quantity), 'its parts are not its quantity')
  if (purpose !== 'takeProfit' && purpose !== 'exit') return
  const alike = [...book.orders.values()].filter(
    (order) => order.side === side && order.purpose === purpose && order.ending === null,
  )
  for (const { tranche: id, quantity } of allocation) {
    const open = book.groups[side].tranches.find((tranche) => tranche.id === id)?.quantity ?? 0n
    const isWithin = closedBy(alike, id) + parseQuantity(quantity) <= open
    mustHold(isWithin, `with those that rest it could close more of ${id} than is open`)
  }
}

/** What the orders may still close of a tranche. */
function closedBy(orders: readonly BookOrder[], id: string): bigint {
  return orders.reduce((sum, { allocation, quantity, filled }) => {
    const own = allocation.find((part) => part.tranche === id)?.quantity ?? 0n
    return sum + (quantity !== null && allocation.length === 1 && own > 0n ? quantity - filled : own)
  }, 0n)
}

/** On step and tick as the venue has had them together. */
function fits({ quantity, price, triggerPrice }: Intended, { stepSize, tickSize }: Instrument): boolean {
  const isOnTick = [price, triggerPrice].every((each) => each === null || isMultiple(parsePrice(each), tickSize))
  return isOnTick && (quantity === null || isMultiple(parseQuantity(quantity), stepSize))
}

/** On the ticks that the venue has had: earlier where the stop itself is between two. */
function triggersOf(stop: Price, side: Side, filters: readonly Instrument[]): readonly bigint[] {
  return filters.map((instrument) => roundPrice(instrument, stop, side === 'LONG' ? 'up' : 'down'))
}

function checkStop(event: Intended, { book, filters }: OrderView, mustHold: MustHold): void {
  const known = filters.filter((each) => fits(event, each))
  const trigger = parsePrice(event.triggerPrice ?? '0')
  const { tranches } = book.groups[event.side]
  const isOwnStop =
    event.allocation.length === 0 ||
    tranches.some(({ stopPrice }) => stopPrice !== null && triggersOf(stopPrice, event.side, known).includes(trigger))
  mustHold(isOwnStop, 'triggers where no tranche has its stop')
  for (const { tranche: id, quantity } of event.allocation) {
    const tranche = tranches.find((one) => one.id === id)
    const stop = tranche?.stopPrice ?? null
    mustHold(stop !== null, `covers ${id}, which has no stop`)
    // What a coarser step leaves of a tranche goes with the next stop.
    const isRest = known.some(
      ({ stepSize }) => parseQuantity(quantity) < stepSize && !isMultiple(tranche?.quantity ?? 0n, stepSize),
    )
    if (stop === null || isRest) continue
    mustHold(event.side === 'LONG' ? trigger >= stop : trigger <= stop, `triggers later than the stop of ${id}`)
  }
}
