import {
  type AmountTexts,
  type EventOf,
  formatMoney,
  minus,
  negate,
  notional,
  parseMoney,
  parsePrice,
  parseQuantity,
  plus,
  type TargetTexts,
} from '@tranchebook/core'
import type { BookChange } from './book-change.js'

type Ended = EventOf<'TrancheClosed'> | EventOf<'TrancheLiquidated'>
type Entry = EventOf<'TrancheOpened'> | EventOf<'TrancheIncreased'>

const costOf = (price: string, quantity: string): string =>
  formatMoney(notional(parsePrice(price), parseQuantity(quantity)))

const lessThanNothing = (quantity: string): string => (quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`)

const targets = ({ takeProfitPrice, stopPrice }: TargetTexts): Readonly<Record<string, unknown>> => ({
  tp_price: takeProfitPrice,
  sl_price: stopPrice,
})

/** Cost of a tranche in one asset; nothing where it is not known yet. */
export function costChange(k: string, kind: 'fee' | 'funding', paid: AmountTexts): readonly BookChange[] {
  return Object.entries(paid).map(([asset, amount]) => ({ o: 'cost', k, r: { kind, asset, amount } }))
}

function feeChange({ tranche, fee, feeAsset }: Entry | EventOf<'TrancheReduced'>): readonly BookChange[] {
  return fee === null || feeAsset === null ? [] : costChange(tranche, 'fee', { [feeAsset]: fee })
}

export function projectOpened(event: EventOf<'TrancheOpened'>): readonly BookChange[] {
  const cost = costOf(event.price, event.quantity)
  const r = {
    side: event.side,
    label: event.label,
    origin: event.origin,
    status: 'active',
    quantity: event.quantity,
    original_quantity: event.quantity,
    cost,
    basis_cost: cost,
    basis_quantity: event.quantity,
    entry_time: event.time,
    entry_order_id: event.orderId,
    leverage: event.leverage,
    tp_percent: event.takeProfitPercent,
    sl_percent: event.stopLossPercent,
    ...targets(event),
    price_estimated: event.priceEstimated ? 1 : 0,
  }
  return [{ o: 'tranche', k: event.tranche, r }, ...feeChange(event)]
}

export function projectIncreased(event: EventOf<'TrancheIncreased'>): readonly BookChange[] {
  const order = event.orderId === null ? {} : { entry_order_id: event.orderId }
  const added = { '+quantity': event.quantity, '+cost': costOf(event.price, event.quantity), rebase: true }
  return [{ o: 'tranche.change', k: event.tranche, r: { ...added, ...order, ...targets(event) } }, ...feeChange(event)]
}

export function projectReduced(event: EventOf<'TrancheReduced'>): readonly BookChange[] {
  const exit = notional(parsePrice(event.price), parseQuantity(event.quantity))
  const realized = parseMoney(event.realizedPnl)
  const cost = event.side === 'LONG' ? minus(exit, realized) : plus(exit, realized)
  const r = {
    '+quantity': lessThanNothing(event.quantity),
    '+cost': formatMoney(negate(cost)),
    '+realized_pnl': event.realizedPnl,
    '+exit_quantity': event.quantity,
    '+exit_notional': formatMoney(exit),
  }
  return [{ o: 'tranche.change', k: event.tranche, r }, ...feeChange(event)]
}

export function projectEnded(event: Ended): readonly BookChange[] {
  const status = event.type === 'TrancheClosed' ? 'closed' : 'liquidated'
  return [{ o: 'tranche.change', k: event.tranche, r: { status, exit_time: event.time, exit_reason: event.reason } }]
}

export function projectMerged(event: EventOf<'TrancheMerged'>): readonly BookChange[] {
  const r = { absorbed: event.absorbed, time: event.time, rebase: true, ...targets(event) }
  return [{ o: 'tranche.merge', k: event.tranche, r }]
}

type ProvenPart = EventOf<'EstimateReplaced'>['parts'][number]

const entryProven = ({ tranche, correction, isProven }: ProvenPart): BookChange => ({
  o: 'tranche.entry',
  k: tranche,
  r: { correction, price_estimated: isProven ? 0 : 1, rebase: true },
})

function exitProven({ tranche, correction }: ProvenPart, side: 'LONG' | 'SHORT'): BookChange {
  const dearer = side === 'LONG' ? correction : formatMoney(negate(parseMoney(correction)))
  return { o: 'tranche.change', k: tranche, r: { '+realized_pnl': correction, '+exit_notional': dearer } }
}

export function projectProven(event: EventOf<'EstimateReplaced'>): readonly BookChange[] {
  return event.parts.flatMap((part) => [
    event.kind === 'entry' ? entryProven(part) : exitProven(part, event.side),
    ...(part.fee === null || event.feeAsset === null
      ? []
      : costChange(part.tranche, 'fee', { [event.feeAsset]: part.fee })),
  ])
}
