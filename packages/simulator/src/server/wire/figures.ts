import { asPrice, averagePrice, formatMoney, formatPrice, type Money, type Price } from '@tranchebook/core'
import { type Rate, toWallet } from '../../engine/parse-rate.js'
import type { SimulatedOrder } from '../../engine/order.js'

/** To the eight decimals that venues write amounts with. */
export function amountText(amount: Money): string {
  return formatMoney(toWallet(amount))
}

/** Zero where there is none. */
export function priceText(price: Price | null): string {
  return price === null ? '0' : formatPrice(price)
}

/** Average price of an order's fills; zero before the first. */
export function averageOf(order: Readonly<SimulatedOrder>): Price {
  return order.executed === 0n ? asPrice(0n) : averagePrice(order.cost, order.executed, 'nearest')
}

/** A rate as the percentage it stands for. */
export function percentText(rate: Rate): string {
  return formatPrice(asPrice(rate * 100n))
}
