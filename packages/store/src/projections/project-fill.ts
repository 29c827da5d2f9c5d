import type { EventOf } from '@tranchebook/core'
import type { BookChange } from './book-change.js'
import { costChange } from './project-tranche.js'

export function projectFill(event: EventOf<'FillBooked'>): readonly BookChange[] {
  const r = {
    order_id: event.orderId,
    client_order_id: event.clientOrderId,
    side: event.side,
    position_side: event.positionSide,
    quantity: event.quantity,
    price: event.price,
    fee: event.fee,
    fee_asset: event.feeAsset,
    venue_realized_pnl: event.realizedPnl,
    maker: event.maker === null ? null : event.maker ? 1 : 0,
    kind: event.kind,
    late: event.late ? 1 : 0,
    fill_time: event.time,
  }
  const fill: BookChange = { o: 'fill', k: event.tradeId, r }
  if (event.clientOrderId === null) return [fill]
  return [fill, { o: 'order.fill', k: event.clientOrderId, r: { filled: event.quantity } }]
}

export function projectFee(event: EventOf<'FillFeeBooked'>): readonly BookChange[] {
  const fee: BookChange = { o: 'fill.fee', k: event.tradeId, r: { fee: event.fee, fee_asset: event.feeAsset } }
  return [fee, ...event.parts.flatMap((part) => costChange(part.tranche, 'fee', { [event.feeAsset]: part.amount }))]
}

export function projectFunding(event: EventOf<'FundingBooked'>): readonly BookChange[] {
  return event.parts.flatMap((part) => costChange(part.tranche, 'funding', { [event.asset]: part.amount }))
}
