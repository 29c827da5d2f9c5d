import {
  absolute,
  asMoney,
  asPrice,
  averagePrice,
  formatMoney,
  formatPrice,
  type Money,
  MONEY_DECIMALS,
  type Price,
  PRICE_DECIMALS,
} from '@tranchebook/core'
import { type Rate, toWallet } from '../../engine/parse-rate.js'
import type { Position } from '../../engine/account.js'
import type { SimulatedOrder } from '../../engine/order.js'

/** From 13 decimals to those of money. */
const TO_MONEY = 10n ** BigInt(MONEY_DECIMALS - PRICE_DECIMALS - 1)

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

/** Average entry as venues write it: one decimal more than a price carries. Zero when flat. */
export function averageText({ cost, amount }: Pick<Position, 'cost' | 'amount'>): string {
  return amount === 0n ? '0' : formatMoney(asMoney(((cost * 10n) / absolute(amount)) * TO_MONEY))
}

/** A rate as the percentage it stands for. */
export function percentText(rate: Rate): string {
  return formatPrice(asPrice(rate * 100n))
}
