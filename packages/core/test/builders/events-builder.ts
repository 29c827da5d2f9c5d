import type {
  AmountTexts,
  BookEvent,
  EventHeader,
  EventOf,
  EventType,
  LevelFillText,
  LevelText,
} from '../../src/book/events.js'
import { NEWEST_VERSIONS } from '../../src/book/newest-versions.js'
import type { Evidence, Origin, Side } from '../../src/book/tranche.js'

/** Headers of hand-written events: time and the input that caused it. */
function header(type: EventType, time: number, cause = `input-${time}`): EventHeader {
  return { version: NEWEST_VERSIONS[type], time, causationId: cause, correlationId: cause }
}

/** An event of one type, all of its body given. */
export function eventOf<Type extends EventType>(
  type: Type,
  time: number,
  body: Omit<EventOf<Type>, keyof EventHeader | 'type'> & Partial<EventHeader>,
): BookEvent {
  return { ...header(type, time), type, ...body } as unknown as BookEvent
}

/** What a test says of an opening; the rest is a plain LONG entry proven by a fill. */
export interface OpeningText {
  readonly time: number
  readonly tranche: string
  readonly price: string
  readonly quantity: string
  readonly side?: Side
  readonly fee?: string | null
  readonly feeAsset?: string | null
  readonly tradeId?: string | null
  readonly label?: string | null
  readonly takeProfit?: string | null
  readonly stop?: string | null
  readonly levels?: readonly LevelText[]
  readonly leverage?: number
  readonly orderId?: string | null
  readonly evidence?: Evidence
  readonly origin?: Origin
}

/** A tranche opens. */
export function opened(text: OpeningText): BookEvent {
  return eventOf('TrancheOpened', text.time, {
    tranche: text.tranche,
    side: text.side ?? 'LONG',
    label: text.label ?? null,
    origin: text.origin ?? 'intent',
    price: text.price,
    quantity: text.quantity,
    leverage: text.leverage ?? 10,
    takeProfitPercent: '5',
    stopLossPercent: '2',
    takeProfitPrice: text.takeProfit ?? null,
    stopPrice: text.stop ?? null,
    levels: text.levels ?? [],
    fee: text.fee === undefined ? '0' : text.fee,
    feeAsset: text.feeAsset === undefined ? 'USDT' : text.feeAsset,
    tradeId: text.tradeId === undefined ? `fill-${text.time}` : text.tradeId,
    orderId: text.orderId ?? null,
    clientOrderId: null,
    evidence: text.evidence ?? 'fill',
    priceEstimated: (text.evidence ?? 'fill') !== 'fill',
  })
}

/** A tranche grows by a fill; its targets stay as given. */
export function increased(text: OpeningText): BookEvent {
  return eventOf('TrancheIncreased', text.time, {
    tranche: text.tranche,
    side: text.side ?? 'LONG',
    price: text.price,
    quantity: text.quantity,
    takeProfitPrice: text.takeProfit ?? null,
    stopPrice: text.stop ?? null,
    levels: text.levels ?? [],
    fee: text.fee === undefined ? '0' : text.fee,
    feeAsset: text.feeAsset === undefined ? 'USDT' : text.feeAsset,
    tradeId: text.tradeId === undefined ? `fill-${text.time}` : text.tradeId,
    orderId: text.orderId ?? null,
    reanchored: false,
  })
}

/** What a test says of a reduction. */
export interface ReductionText {
  readonly time: number
  readonly tranche: string
  readonly price: string
  readonly quantity: string
  readonly realizedPnl: string
  readonly side?: Side
  readonly fee?: string | null
  readonly feeAsset?: string | null
  readonly entryFees?: AmountTexts
  readonly tradeId?: string | null
  readonly reason?: string
  readonly evidence?: Evidence
  readonly levels?: readonly LevelFillText[]
  readonly bridge?: string | null
  readonly causationId?: string
}

/** A tranche gives up a part. */
export function reduced(text: ReductionText): BookEvent {
  return eventOf('TrancheReduced', text.time, {
    tranche: text.tranche,
    side: text.side ?? 'LONG',
    quantity: text.quantity,
    price: text.price,
    realizedPnl: text.realizedPnl,
    fee: text.fee === undefined ? '0' : text.fee,
    feeAsset: text.feeAsset === undefined ? 'USDT' : text.feeAsset,
    entryFees: text.entryFees ?? {},
    tradeId: text.tradeId === undefined ? `fill-${text.time}` : text.tradeId,
    reason: text.reason ?? 'manual',
    evidence: text.evidence ?? 'fill',
    levels: text.levels ?? [],
    bridge: text.bridge ?? null,
    ...(text.causationId === undefined ? {} : { causationId: text.causationId, correlationId: text.causationId }),
  })
}

/** What a test says of an end. */
export interface EndText {
  readonly time: number
  readonly tranche: string
  readonly exitPrice: string
  readonly realizedPnl: string
  readonly side?: Side
  readonly reason?: string
}

/** A tranche is gone. */
export function closed(text: EndText, type: 'TrancheClosed' | 'TrancheLiquidated' = 'TrancheClosed'): BookEvent {
  const { time, tranche, exitPrice, realizedPnl } = text
  return eventOf(type, time, {
    tranche,
    side: text.side ?? 'LONG',
    exitPrice,
    realizedPnl,
    reason: text.reason ?? 'manual',
  })
}

/** A mark is recorded, with the extremes since the one before. */
export function marked(time: number, price: string, { high = price, low = price } = {}): BookEvent {
  return eventOf('MarkObserved', time, { price, high, low, markTime: time })
}

/** A level of scaled take profit that is still whole. */
export function levelText(profitPercent: string, price: string, quantity: string): LevelText {
  return { profitPercent, closePercent: '0', price, quantity, filled: '0', hitTime: null }
}

/** An entry order is intended. */
export function entryIntended(
  time: number,
  clientOrderId: string,
  terms: {
    readonly quantity: string
    readonly price?: string | null
    readonly side?: Side
    readonly tranche?: string | null
  },
): BookEvent {
  const side = terms.side ?? 'LONG'
  return eventOf('OrderIntended', time, {
    clientOrderId,
    intent: time,
    attempt: 1,
    purpose: 'entry',
    orderType: terms.price == null ? 'MARKET' : 'LIMIT',
    side,
    orderSide: side === 'LONG' ? 'BUY' : 'SELL',
    positionSide: side,
    quantity: terms.quantity,
    price: terms.price ?? null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
    allocation: [],
    level: null,
    entryTranche: terms.tranche ?? null,
    label: null,
    reason: 'openTranche',
  })
}
