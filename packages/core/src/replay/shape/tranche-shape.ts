import type { Allocation, BookOrder, RefusedCancels } from '../../book/order.js'
import type { Evidence, Reduction, Side, TakeProfitLevel, Trailing, Tranche } from '../../book/tranche.js'
import { byName, flag, list, money, nullable, percent, price, quantity, text, whole, word } from './codec.js'
import { record } from './parse-record.js'

/** Side of a group. */
export const side = word<Side>('LONG', 'SHORT')
/** The venue's name of a position. */
export const positionSide = word<BookOrder['positionSide']>('LONG', 'SHORT', 'BOTH')
const evidence = word<Evidence>('fill', 'order', 'position', 'estimate')

const takeProfitLevel = record<TakeProfitLevel>({
  profitPercent: percent,
  closePercent: percent,
  price,
  quantity,
  filled: quantity,
  hitTime: nullable(whole),
})

const reduction = record<Reduction>({
  quantity,
  price,
  realizedPnl: money,
  fee: nullable(money),
  feeAsset: nullable(text),
  entryFees: byName(money),
  time: whole,
  tradeId: nullable(text),
  reason: text,
  evidence,
})

/** A tranche, field by field. */
export const trancheShape = record<Tranche>({
  id: text,
  label: nullable(text),
  notes: list(text),
  side,
  origin: word('intent', 'external', 'recovered', 'adopted'),
  isolated: flag,
  isolatedTime: nullable(whole),
  isolatedPrice: nullable(price),
  quantity,
  cost: money,
  basisCost: money,
  basisQuantity: quantity,
  originalQuantity: quantity,
  entryTime: whole,
  entryOrderIds: list(text),
  leverage: whole,
  takeProfitPercent: nullable(percent),
  stopLossPercent: nullable(percent),
  takeProfitPrice: nullable(price),
  stopPrice: nullable(price),
  stopRung: word('initial', 'ladder', 'trailing', 'command'),
  levels: list(takeProfitLevel),
  trailing: nullable(record<Trailing>({ best: price })),
  openFees: byName(money),
  realizedFees: byName(money),
  unknownFeeCount: whole,
  funding: byName(money),
  realizedPnl: money,
  exitQuantity: quantity,
  exitNotional: money,
  reductions: list(reduction),
  highestMark: nullable(price),
  lowestMark: nullable(price),
  priceEstimated: flag,
  evidence,
})

/** Part of an order or an estimate. */
export const allocation = record<Allocation>({ tranche: text, quantity })

/** A working order, field by field. */
export const orderShape = record<BookOrder>({
  clientOrderId: text,
  intent: whole,
  attempt: whole,
  purpose: word('entry', 'exit', 'stop', 'takeProfit', 'failSafe'),
  type: word('LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'),
  side,
  orderSide: word('BUY', 'SELL'),
  positionSide,
  quantity: nullable(quantity),
  price: nullable(price),
  triggerPrice: nullable(price),
  reduceOnly: flag,
  closePosition: flag,
  allocation: list(allocation),
  level: nullable(whole),
  entryTranche: nullable(text),
  label: nullable(text),
  reason: text,
  state: word('intended', 'working', 'unknown', 'cancelling'),
  filled: quantity,
  venueOrderId: nullable(text),
  childOrderId: nullable(text),
  ending: nullable(
    record<NonNullable<BookOrder['ending']>>({
      status: word('filled', 'cancelled', 'expired'),
      filledQuantity: quantity,
    }),
  ),
  intendedTime: whole,
  refusedCancels: nullable(
    record<RefusedCancels>({
      count: whole,
      since: whole,
      retryTime: whole,
      code: nullable(text),
      message: nullable(text),
    }),
  ),
})
