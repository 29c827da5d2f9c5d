import { formatQuantity, NO_QUANTITY, plus } from '@tranchebook/core'
import { accountOf, type Exchange, positionOf } from '@tranchebook/simulator'
import type { KeeperReport } from '../keeper/keeper-words.js'

const SYMBOL = 'BTCUSDT'
const OWN_PREFIX = 'tb'

function doubled(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}

/** What the venue says against a report: fills booked once each, one order per intent, equal positions, stops for what is open and no more. */
export function checkVenue(exchange: Exchange, report: KeeperReport): readonly string[] {
  const account = accountOf(exchange, 'main')
  const trades = account.trades.map(({ id }) => id)
  const placed = [...account.orders.values(), ...account.conditionals.values()].filter(
    (order) => order.clientOrderId.startsWith(OWN_PREFIX) && !('parentId' in order && order.parentId !== null),
  )
  const ids = placed.map(({ clientOrderId }) => clientOrderId)
  const held = positionOf(account, SYMBOL, 'LONG').amount
  const stops = [...account.waiting.values()].filter(({ spec }) => spec.type === 'STOP_MARKET')
  const covered = stops.reduce((sum, { spec }) => plus(sum, spec.quantity ?? NO_QUANTITY), NO_QUANTITY)
  const isWhole = stops.some(({ spec }) => spec.closePosition)
  const found: (string | null)[] = [
    report.isReplayed ? null : 'the log replays to another state than the live one',
    report.damage === null ? null : `the log is damaged: ${report.damage}`,
    formatQuantity(held) === report.quantity
      ? null
      : `the venue holds ${formatQuantity(held)}, the book ${report.quantity}`,
    covered === held || (isWhole && covered < held)
      ? null
      : `stops for ${formatQuantity(covered)} of ${formatQuantity(held)} open`,
    ...trades.filter((id) => !report.fills.includes(id)).map((id) => `fill ${id} was lost`),
    ...doubled(report.fills).map((id) => `fill ${id} was booked twice`),
    ...doubled(ids).map((id) => `order ${id} was placed twice`),
    ...doubled(report.intents).map((id) => `order ${id} was intended twice`),
    ...ids.filter((id) => !report.intents.includes(id)).map((id) => `order ${id} was placed without an intent`),
  ]
  return found.filter((violation) => violation !== null)
}
