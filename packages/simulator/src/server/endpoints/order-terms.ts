import { parsePrice, parseQuantity } from '@tranchebook/core'
import { type OrderSpec, PLAIN_SPEC, type VenueOrderType, waitsForTrigger } from '../../engine/order.js'
import { percentRate } from '../../engine/parse-rate.js'
import type { Call } from '../context.js'
import type { Params } from '../params.js'
import { RequestRefusal } from '../request-refusal.js'

const TYPES: readonly VenueOrderType[] = [
  'LIMIT',
  'MARKET',
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
]

/** The symbol, as listed. @throws {RequestRefusal} −1121 */
export function symbolOf({ context, params }: Call): string {
  const symbol = params.need('symbol')
  if (context.exchange.markets.has(symbol)) return symbol
  throw new RequestRefusal(-1121, 'Invalid symbol.')
}

function placeTerms(call: Call): Pick<OrderSpec, 'symbol' | 'side' | 'positionSide' | 'type'> {
  const { params } = call
  return {
    symbol: symbolOf(call),
    side: params.word('side', ['BUY', 'SELL'], { otherwise: null, code: -1117 }),
    positionSide: params.word('positionSide', ['BOTH', 'LONG', 'SHORT'], { otherwise: 'BOTH', code: -4060 }),
    type: params.word('type', TYPES, { otherwise: null, code: -1116 }),
  }
}

function selfTradeMode(params: Params, name: string): OrderSpec['selfTradeMode'] {
  const modes = ['NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'] as const
  return params.word(name, modes, { otherwise: 'EXPIRE_MAKER', code: -5039 })
}

function workingTerms(
  params: Params,
): Pick<OrderSpec, 'workingType' | 'priceProtect' | 'reduceOnly' | 'closePosition'> {
  const types = ['CONTRACT_PRICE', 'MARK_PRICE'] as const
  return {
    workingType: params.word('workingType', types, { otherwise: 'CONTRACT_PRICE', code: -1116 }),
    priceProtect: params.flag('priceProtect'),
    reduceOnly: params.flag('reduceOnly'),
    closePosition: params.flag('closePosition'),
  }
}

/** What the same thing is called by different venues and endpoints. */
interface Spelling {
  readonly trigger: string
  readonly activation: string
  readonly clientId: string
  readonly selfTrade: string
}

function termsOf(call: Call, { trigger, activation, clientId, selfTrade }: Spelling): OrderSpec {
  const { params } = call
  const forces = ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'] as const
  const place = placeTerms(call)
  if (place.type === 'LIMIT') params.need('timeInForce')
  return {
    ...PLAIN_SPEC,
    ...place,
    ...workingTerms(params),
    timeInForce: params.word('timeInForce', forces, { otherwise: 'GTC', code: -1115 }),
    quantity: params.decimal('quantity', parseQuantity),
    price: params.decimal('price', parsePrice),
    triggerPrice: waitsForTrigger(place.type) ? params.decimal(trigger, parsePrice) : null,
    activationPrice: params.decimal(activation, parsePrice),
    callbackRate: params.decimal('callbackRate', percentRate),
    clientOrderId: params.text(clientId),
    selfTradeMode: selfTradeMode(params, selfTrade),
    goodTillTime: params.integer('goodTillDate') ?? 0,
  }
}

/** An order for the ordinary endpoint. */
export function orderTerms(call: Call): OrderSpec {
  const isAster = call.context.dialect === 'aster'
  return termsOf(call, {
    trigger: 'stopPrice',
    activation: 'activationPrice',
    clientId: 'newClientOrderId',
    selfTrade: isAster ? 'stpMode' : 'selfTradePreventionMode',
  })
}

/** An order for the endpoint of conditional orders. */
export function algoTerms(call: Call): OrderSpec {
  return termsOf(call, {
    trigger: 'triggerPrice',
    activation: 'activatePrice',
    clientId: 'clientAlgoId',
    selfTrade: 'selfTradePreventionMode',
  })
}
