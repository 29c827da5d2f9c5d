import type { OrderRef, OrderRequest, VenueOrderTerms } from '../src/venue/order-request.js'

/** An entry of 0.002 BTC at 50,000 in one-way mode, with what a test changes. */
export function entryRequest(terms: Partial<VenueOrderTerms> = {}, rest: Partial<OrderRequest> = {}): OrderRequest {
  return {
    symbol: 'BTCUSDT',
    workingType: 'MARK_PRICE',
    terms: {
      clientOrderId: 'tb-1',
      purpose: 'entry',
      orderType: 'LIMIT',
      orderSide: 'BUY',
      positionSide: 'BOTH',
      quantity: '0.002',
      price: '50000',
      triggerPrice: null,
      reduceOnly: false,
      closePosition: false,
      ...terms,
    },
    ...rest,
  }
}

/** A stop of 0.002 BTC at 49,000 in one-way mode, with what a test changes. */
export function stopRequest(terms: Partial<VenueOrderTerms> = {}, rest: Partial<OrderRequest> = {}): OrderRequest {
  return entryRequest(
    {
      clientOrderId: 'tb-stop',
      purpose: 'stop',
      orderType: 'STOP_MARKET',
      orderSide: 'SELL',
      price: null,
      triggerPrice: '49000',
      reduceOnly: true,
      ...terms,
    },
    rest,
  )
}

/** That order as a reference. */
export function refOf({ symbol, terms }: OrderRequest, ids: Partial<OrderRef> = {}): OrderRef {
  const { clientOrderId, orderType, purpose } = terms
  return {
    symbol,
    clientOrderId,
    orderType,
    isProtection: purpose !== 'entry',
    venueOrderId: null,
    childOrderId: null,
    ...ids,
  }
}
