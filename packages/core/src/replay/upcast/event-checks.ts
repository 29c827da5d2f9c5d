import type { Because } from '../../book/because.js'
import type { EventHeader, EventOf, EventType, LevelText, OrderTerms, TargetTexts } from '../../book/events.js'
import { REPAIR_KINDS } from '../../book/rule-events.js'
import { isRecord } from '../shape/json.js'
import {
  amounts,
  asset,
  type Check,
  type Checks,
  decimal,
  fields,
  flag,
  list,
  nullable,
  object,
  text,
  whole,
  word,
} from './check.js'

const side = word('LONG', 'SHORT')
const orderSide = word('BUY', 'SELL')
const positionSide = word('LONG', 'SHORT', 'BOTH')
const evidence = word('fill', 'order', 'position', 'estimate')
const maybeText = nullable(text)
const maybeDecimal = nullable(decimal)
const maybeWhole = nullable(whole)
const trancheQuantity = fields<{ tranche: string; quantity: string }>({ tranche: text, quantity: decimal })
const sideQuantity = nullable(fields<{ side: 'LONG' | 'SHORT'; quantity: string }>({ side, quantity: decimal }))

const level = fields<LevelText>({
  profitPercent: decimal,
  closePercent: decimal,
  price: decimal,
  quantity: decimal,
  filled: decimal,
  hitTime: maybeWhole,
})

const targets: Checks<TargetTexts> = { takeProfitPrice: maybeDecimal, stopPrice: maybeDecimal, levels: list(level) }

const terms: Checks<OrderTerms> = {
  clientOrderId: text,
  intent: whole,
  attempt: whole,
  purpose: word('entry', 'exit', 'stop', 'takeProfit', 'failSafe'),
  orderType: word('LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'),
  side,
  orderSide,
  positionSide,
  quantity: maybeDecimal,
  price: maybeDecimal,
  triggerPrice: maybeDecimal,
  reduceOnly: flag,
  closePosition: flag,
  allocation: list(trancheQuantity),
  level: maybeWhole,
  entryTranche: maybeText,
  label: maybeText,
  reason: text,
}

const ended = { tranche: text, side, exitPrice: decimal, realizedPnl: decimal, reason: text }
const atMark = { tranche: text, side, price: maybeDecimal, pnlPercent: maybeDecimal }
const drift = { positionSide, ours: decimal }
const orderEnd = word('filled', 'cancelled', 'expired')

type Body<Type extends EventType> = Omit<EventOf<Type>, keyof EventHeader | 'type'>

/** What an event of each type must carry beside its header; the compiler asks for every field. */
const BODIES: { readonly [Type in EventType]: Checks<Body<Type>> } = {
  BookOpened: { account: text, symbol: text, positionMode: word('HEDGE', 'ONE_WAY') },
  FillBooked: {
    tradeId: text,
    orderId: maybeText,
    clientOrderId: maybeText,
    side: orderSide,
    positionSide,
    quantity: decimal,
    price: decimal,
    fee: maybeDecimal,
    feeAsset: nullable(asset),
    realizedPnl: maybeDecimal,
    maker: nullable(flag),
    kind: word('trade', 'liquidation', 'adl', 'settlement'),
    tranche: maybeText,
    closes: sideQuantity,
    opens: sideQuantity,
    unmatched: nullable(
      fields<{ side: 'LONG' | 'SHORT'; quantity: string; fee: string | null }>({
        side,
        quantity: decimal,
        fee: maybeDecimal,
      }),
    ),
    replaces: sideQuantity,
    late: flag,
  },
  FillFeeBooked: {
    tradeId: text,
    fee: decimal,
    feeAsset: asset,
    parts: list(
      fields<EventOf<'FillFeeBooked'>['parts'][number]>({ tranche: text, amount: decimal, side, isEntry: flag }),
    ),
  },
  FillOrphaned: { tradeId: text, side, quantity: decimal },
  UnmatchedSettled: { tradeId: text, side, quantity: decimal },
  MarkObserved: { price: decimal, high: decimal, low: decimal, markTime: whole },
  FundingBooked: {
    fundingId: text,
    amount: decimal,
    asset,
    parts: list(fields<{ tranche: string; amount: string }>({ tranche: text, amount: decimal })),
    unallocated: decimal,
  },
  TrancheOpened: {
    ...targets,
    tranche: text,
    side,
    label: maybeText,
    origin: word('intent', 'external', 'recovered', 'adopted'),
    price: decimal,
    quantity: decimal,
    leverage: whole,
    takeProfitPercent: maybeDecimal,
    stopLossPercent: maybeDecimal,
    fee: maybeDecimal,
    feeAsset: nullable(asset),
    tradeId: maybeText,
    orderId: maybeText,
    clientOrderId: maybeText,
    evidence,
    priceEstimated: flag,
  },
  TrancheIncreased: {
    ...targets,
    tranche: text,
    side,
    price: decimal,
    quantity: decimal,
    fee: maybeDecimal,
    feeAsset: nullable(asset),
    tradeId: maybeText,
    orderId: maybeText,
    reanchored: flag,
  },
  TrancheReduced: {
    tranche: text,
    side,
    quantity: decimal,
    price: decimal,
    realizedPnl: decimal,
    fee: maybeDecimal,
    feeAsset: nullable(asset),
    entryFees: amounts,
    tradeId: maybeText,
    reason: text,
    evidence,
    levels: list(fields<EventOf<'TrancheReduced'>['levels'][number]>({ level: whole, quantity: decimal, isHit: flag })),
    bridge: maybeDecimal,
  },
  TrancheClosed: ended,
  TrancheLiquidated: ended,
  TrancheIsolated: atMark,
  TrancheReleased: atMark,
  TrancheMerged: { ...targets, tranche: text, side, absorbed: list(text) },
  TrancheLabelled: { tranche: text, side, label: maybeText },
  TrancheAnnotated: { tranche: text, side, note: text },
  StopMoved: {
    tranche: text,
    side,
    from: maybeDecimal,
    to: decimal,
    rung: word('initial', 'ladder', 'trailing', 'command'),
    forced: flag,
    trailingBest: maybeDecimal,
  },
  TakeProfitMoved: { tranche: text, side, from: maybeDecimal, to: maybeDecimal },
  TakeProfitReached: { tranche: text, side, level: whole, price: decimal, by: word('mark', 'fill') },
  EstimateReplaced: {
    estimate: text,
    side,
    kind: word('entry', 'exit'),
    tradeId: text,
    quantity: decimal,
    price: decimal,
    feeAsset: nullable(asset),
    parts: list(
      fields<EventOf<'EstimateReplaced'>['parts'][number]>({
        tranche: text,
        quantity: decimal,
        correction: decimal,
        fee: maybeDecimal,
        isProven: flag,
      }),
    ),
  },
  OrderIntended: terms,
  OrderAcknowledged: { clientOrderId: text, venueOrderId: maybeText },
  OrderTriggered: { clientOrderId: text, childOrderId: maybeText },
  OrderRefused: {
    clientOrderId: text,
    code: maybeText,
    message: maybeText,
    isPermanent: flag,
    wouldTrigger: flag,
  },
  OrderOutcomeUnknown: { clientOrderId: text, message: maybeText },
  OrderEnding: { clientOrderId: text, status: orderEnd, filledQuantity: decimal },
  OrderClosed: {
    clientOrderId: text,
    status: word('filled', 'cancelled', 'expired', 'absent'),
    filledQuantity: maybeDecimal,
  },
  CancelIntended: { clientOrderId: text, reason: text },
  CancelRefused: { clientOrderId: text, code: maybeText, message: maybeText, retryTime: nullable(whole) },
  LeverageIntended: { leverage: whole, reason: text },
  PositionChecked: {
    ...drift,
    quantity: decimal,
    entryPrice: maybeDecimal,
    markPrice: maybeDecimal,
    status: word('synced', 'drift', 'conflict'),
    isSettled: flag,
  },
  DriftDetected: { ...drift, venue: decimal, policy: text },
  DriftResolved: { positionSide, how: text },
  ConflictDetected: { code: text, message: text },
  ConflictResolved: { note: maybeText },
  ProtectionLost: { side, quantity: decimal, reason: text },
  ProtectionRestored: { forMs: whole },
  ProtectionDegraded: { side, step: text, reason: text },
  ConfigurationChanged: { options: object },
  EntryRefused: { side, code: text, message: text },
  CommandRefused: { command: text, code: text, message: text },
  RepairRequested: { kind: word(...REPAIR_KINDS), actor: maybeText },
  TradingPaused: { kind: word('pause', 'gracefulStop', 'killSwitch', 'driftHalt'), actor: maybeText },
  TradingResumed: { actor: maybeText },
}

function isBecause(value: unknown): value is Because | undefined {
  if (value === undefined) return true
  return (
    isRecord(value) &&
    typeof value['rule'] === 'string' &&
    (value['candidates'] === undefined || Array.isArray(value['candidates']))
  )
}

const because: Check<Because | undefined> = {
  holds: isBecause,
  find: (value, field) =>
    isBecause(value) ? null : { field, expected: 'a reason: an object with its rule as text', value },
}

const HEADER = { time: whole, causationId: text, correlationId: text, because }

/** Every event by name, with all it must carry but type and version. */
export const EVENT_CHECKS: ReadonlyMap<string, Check<object>> = new Map(
  Object.entries(BODIES).map(([type, body]) => [type, fields<object>({ ...HEADER, ...body })]),
)
