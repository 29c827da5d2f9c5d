import type { TrancheBook } from '../../book/book.js'
import type { ObservedMark } from '../../book/context.js'
import type { BookEvent, EventOf, EventType } from '../../book/events.js'
import type { TrancheGroup } from '../../book/group.js'
import type { Side } from '../../book/tranche.js'
import { parseMoney } from '../../money/money.js'
import { parsePrice } from '../../money/price.js'
import { parseQuantity } from '../../money/quantity.js'
import type { FillInput, FundingInput, Input, InputHeader, PositionInput } from '../../observe/inputs.js'
import { rebuildCommand } from './rebuild-command.js'
import { rebuildOrder, reportOfNoOrder } from './rebuild-order.js'

/** An input that events let one rebuild, with the mark it was decided at. */
export interface RebuiltInput {
  readonly input: Input
  readonly market: ObservedMark | null
  readonly isLate: boolean
}

/** What a log knows beside the events at hand. */
export interface LogMemory {
  readonly book: TrancheBook
  /** All fills of the log by trade id, as they were first booked. */
  readonly fills: ReadonlyMap<string, EventOf<'FillBooked'>>
}

/** The event of a type, if it is among them. */
function eventOf<Type extends EventType>(events: readonly BookEvent[], type: Type): EventOf<Type> | null {
  const isWanted = (event: BookEvent): event is EventOf<Type> => event.type === type
  return events.find(isWanted) ?? null
}

function marketOf(events: readonly BookEvent[], book: TrancheBook): ObservedMark | null {
  const mark = eventOf(events, 'MarkObserved')
  if (mark !== null) {
    const [price, high, low] = [parsePrice(mark.price), parsePrice(mark.high), parsePrice(mark.low)]
    return { price, high, low, time: mark.markTime }
  }
  if (book.mark === null) return null
  const { price, time } = book.mark
  return { price, high: price, low: price, time }
}

function fillOf(event: EventOf<'FillBooked'>, header: InputHeader): FillInput {
  const { tradeId, orderId, clientOrderId, side, positionSide, feeAsset, maker, kind, tranche } = event
  return {
    ...header,
    type: 'fill',
    side,
    positionSide,
    quantity: parseQuantity(event.quantity),
    price: parsePrice(event.price),
    fee: event.fee === null ? null : parseMoney(event.fee),
    feeAsset,
    tradeId,
    orderId,
    clientOrderId,
    tranche,
    realizedPnl: event.realizedPnl === null ? null : parseMoney(event.realizedPnl),
    maker,
    kind,
  }
}

/** A later report of a fill that was booked without its fee. */
function feeReportOf(event: EventOf<'FillFeeBooked'>, header: InputHeader, { fills }: LogMemory): FillInput | null {
  const booked = fills.get(event.tradeId)
  if (booked === undefined) return null
  return { ...fillOf(booked, header), fee: parseMoney(event.fee), feeAsset: event.feeAsset }
}

/** Which side a payment was for is not recorded. It shows in who carried it, or in that the only open side did not. */
function fundedSide(event: EventOf<'FundingBooked'>, { LONG, SHORT }: TrancheBook['groups']): Side | null {
  const isCarriedBy = ({ tranches }: TrancheGroup): boolean =>
    tranches.some(({ id }) => event.parts.some((part) => part.tranche === id))
  const isUnallocated = event.parts.length === 0
  const isLong = isUnallocated ? LONG.tranches.length === 0 : isCarriedBy(LONG)
  const isShort = isUnallocated ? SHORT.tranches.length === 0 : isCarriedBy(SHORT)
  if (isLong === isShort) return null
  return isLong ? 'LONG' : 'SHORT'
}

function fundingOf(event: EventOf<'FundingBooked'>, header: InputHeader, { book }: LogMemory): FundingInput {
  const { asset, fundingId } = event
  const positionSide = fundedSide(event, book.groups)
  return { ...header, type: 'funding', amount: parseMoney(event.amount), asset, fundingId, positionSide }
}

function positionOf(event: EventOf<'PositionChecked'>, header: InputHeader): PositionInput {
  return {
    ...header,
    type: 'position',
    positionSide: event.positionSide,
    quantity: parseQuantity(event.quantity),
    entryPrice: event.entryPrice === null ? null : parsePrice(event.entryPrice),
    markPrice: event.markPrice === null ? null : parsePrice(event.markPrice),
  }
}

function rebuildFact(events: readonly BookEvent[], header: InputHeader, memory: LogMemory): Input | null {
  const fill = eventOf(events, 'FillBooked')
  if (fill !== null) return fillOf(fill, header)
  const fee = eventOf(events, 'FillFeeBooked')
  if (fee !== null) return feeReportOf(fee, header, memory)
  const funding = eventOf(events, 'FundingBooked')
  if (funding !== null) return fundingOf(funding, header, memory)
  const position = eventOf(events, 'PositionChecked')
  return position === null ? null : positionOf(position, header)
}

function rebuildMark(events: readonly BookEvent[], header: InputHeader): Input | null {
  const mark = eventOf(events, 'MarkObserved')
  if (mark?.markTime !== header.time || !header.id.startsWith('mark:')) return null
  return { ...header, type: 'mark', price: parsePrice(mark.price) }
}

/** Closes that waited for their entry are settled first, whatever comes in: news of an order that nobody knows is enough. */
function rebuildNothing(first: BookEvent, header: InputHeader): Input | null {
  const isSettling = first.type === 'FillOrphaned' || first.type === 'UnmatchedSettled'
  return isSettling ? reportOfNoOrder(header) : null
}

/**
 * The input behind the first of these events, as far as they tell it: fills, fees, funding, position and order reports, marks,
 * ticks, and commands that leave all they asked for in their events. `null` = a log of events alone does not hold it.
 */
export function rebuildInput(events: readonly BookEvent[], memory: LogMemory): RebuiltInput | null {
  const [first] = events
  if (first === undefined) return null
  const { account, symbol } = memory.book
  const header: InputHeader = { id: first.causationId, time: first.time, account, symbol }
  const input =
    rebuildNothing(first, header) ??
    rebuildFact(events, header, memory) ??
    rebuildOrder(events, header) ??
    rebuildCommand(events, header) ??
    rebuildMark(events, header) ??
    (first.causationId.startsWith('tick:') ? ({ ...header, type: 'tick' } as const) : null)
  if (input === null) return null
  return { input, market: marketOf(events, memory.book), isLate: eventOf(events, 'FillBooked')?.late ?? false }
}
