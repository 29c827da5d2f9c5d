import { cancelAllConditionals, cancelConditional, findConditional, type OrderName } from '../../engine/cancel-order.js'
import { type ConditionalOrder, waitsForTrigger } from '../../engine/order.js'
import { placeConditional } from '../../engine/place-conditional.js'
import type { Endpoint } from '../context.js'
import type { Params } from '../params.js'
import { missing, RequestRefusal } from '../request-refusal.js'
import { algoQueryRow, algoRow } from '../wire/algo-rows.js'
import { accepted, limited } from './orders.js'
import { algoTerms, symbolOf } from './order-terms.js'

/** `POST algoOrder`. A trigger price under another name may be taken without a word: such an order never fires. */
export const newAlgoOrder: Endpoint = (call) => {
  const { exchange, account } = call.context
  call.params.word('algoType', ['CONDITIONAL'], { otherwise: null, code: -1130 })
  const spec = algoTerms(call)
  if (!waitsForTrigger(spec.type)) throw new RequestRefusal(-1116, 'Invalid orderType.')
  const isMisspelt = call.params.text('stopPrice') !== null && exchange.behaviour.wrongTriggerName === 'ignore'
  return algoRow(accepted(placeConditional(exchange, account.id, { ...spec, neverFires: isMisspelt })).order)
}

function algoName(params: Params): OrderName {
  const id = params.text('algoId')
  const clientOrderId = params.text('clientAlgoId')
  if (id !== null) return { id }
  if (clientOrderId !== null) return { clientOrderId }
  throw missing('algoId')
}

/** `DELETE algoOrder` */
export const cancelAlgoOrder: Endpoint = ({ context, params }) => {
  const { order } = accepted(cancelConditional(context.exchange, context.account.id, algoName(params)))
  return { algoId: BigInt(order.id), clientAlgoId: order.clientOrderId, code: '200', msg: 'success' }
}

/** `DELETE algoOpenOrders` */
export const cancelAllAlgo: Endpoint = (call) => {
  cancelAllConditionals(call.context.exchange, call.context.account.id, symbolOf(call))
  return { code: 200, msg: 'The operation of cancel all open order is done.' }
}

/** `GET algoOrder` */
export const getAlgoOrder: Endpoint = ({ context, params }) => {
  const order = findConditional(context.account, algoName(params))
  if (order === null) throw new RequestRefusal(-2013, 'Order does not exist.')
  return algoQueryRow(context.exchange.behaviour, context.account, order)
}

/** `GET openAlgoOrders` */
export const openAlgoOrders: Endpoint = ({ context, params }) => {
  const { account, exchange } = context
  const symbol = params.text('symbol')
  const isListed = (order: ConditionalOrder): boolean =>
    order.status === 'NEW' || (order.status === 'TRIGGERED' && exchange.behaviour.listsTriggered)
  return [...account.conditionals.values()]
    .filter((order) => isListed(order) && (symbol === null || order.spec.symbol === symbol))
    .map((order) => algoQueryRow(exchange.behaviour, account, order))
}

/** `GET allAlgoOrders` */
export const allAlgoOrders: Endpoint = (call) => {
  const { account, exchange } = call.context
  const symbol = symbolOf(call)
  const from = BigInt(call.params.text('algoId') ?? '0')
  const orders = [...account.conditionals.values()].filter((order) => order.spec.symbol === symbol)
  return limited(orders, call.params)
    .filter((order) => BigInt(order.id) >= from)
    .map((order) => algoQueryRow(exchange.behaviour, account, order))
}
