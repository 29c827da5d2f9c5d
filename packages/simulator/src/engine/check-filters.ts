import { notional, type Price, type Quantity } from '@tranchebook/core'
import type { Market } from './exchange.js'
import { isReducing } from './end-order.js'
import type { OrderSpec } from './order.js'
import { besideOne, parseRate, priceAt } from './parse-rate.js'
import { refuse, type Refusal } from './refusal.js'

const AT_ONCE = besideOne(parseRate('0'), 1n)

function checkPrice(market: Market, price: Price): Refusal | null {
  const { minPrice, maxPrice, instrument } = market.rules
  if (price <= 0n) return refuse(-4001)
  if (maxPrice > 0n && price > maxPrice) return refuse(-4002)
  if (price < minPrice) return refuse(-4013)
  return instrument.tickSize > 0n && price % instrument.tickSize !== 0n ? refuse(-4014) : null
}

function checkBand(market: Market, spec: OrderSpec, price: Price): Refusal | null {
  const { bandUp, bandDown } = market.rules
  if (bandUp > 0n && spec.side === 'BUY' && price > priceAt(market.mark, bandUp)) return refuse(-4016)
  return bandDown > 0n && spec.side === 'SELL' && price < priceAt(market.mark, bandDown) ? refuse(-4024) : null
}

function checkQuantity(market: Market, spec: OrderSpec, quantity: Quantity): Refusal | null {
  const { minQuantity, maxQuantity, maxMarketQuantity, stepSize } = market.rules.instrument
  const isLimit = spec.type === 'LIMIT' || spec.type === 'STOP' || spec.type === 'TAKE_PROFIT'
  const most = isLimit ? maxQuantity : (maxMarketQuantity ?? maxQuantity)
  if (quantity <= 0n) return refuse(-4003)
  if (quantity < minQuantity) return refuse(-4004)
  if (most !== null && quantity > most) return refuse(-4005)
  return stepSize > 0n && quantity % stepSize !== 0n ? refuse(-4023) : null
}

function checkTrigger(market: Market, price: Price, isAnyTickFine: boolean): Refusal | null {
  const { maxPrice, instrument } = market.rules
  if (price <= 0n) return refuse(-4006)
  if (maxPrice > 0n && price > maxPrice) return refuse(-4007)
  const isOff = instrument.tickSize > 0n && price % instrument.tickSize !== 0n
  return isOff && !isAnyTickFine ? refuse(-4014) : null
}

function checkNotional(market: Market, spec: OrderSpec, quantity: Quantity): Refusal | null {
  if (isReducing(spec)) return null
  const price = spec.price ?? spec.triggerPrice ?? priceAt(market.mark, AT_ONCE)
  return notional(price, quantity) < market.rules.instrument.minNotional ? refuse(-4164) : null
}

/** Whether price, quantity and size pass the symbol's filters; reducing orders may be small. `null` = they do. */
export function checkFilters(
  market: Market,
  spec: OrderSpec,
  { isAnyTriggerTickFine }: { readonly isAnyTriggerTickFine: boolean },
): Refusal | null {
  const { price, quantity, triggerPrice, activationPrice, type } = spec
  const isPriced = price !== null && type !== 'MARKET'
  return (
    (isPriced ? checkPrice(market, price) : null) ??
    (triggerPrice === null ? null : checkTrigger(market, triggerPrice, isAnyTriggerTickFine)) ??
    (activationPrice === null ? null : checkTrigger(market, activationPrice, isAnyTriggerTickFine)) ??
    (quantity === null ? null : checkQuantity(market, spec, quantity)) ??
    (isPriced && type === 'LIMIT' ? checkBand(market, spec, price) : null) ??
    (quantity === null ? null : checkNotional(market, spec, quantity))
  )
}
