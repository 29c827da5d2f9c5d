import { type EventOf, parseQuantity } from '@tranchebook/core'
import type { Account } from '@tranchebook/simulator'
import type { Blame } from './lots.js'

type Closed = EventOf<'OrderClosed'>

/** What the venue has of an order: whether it may still fill, and what it has filled. `null` = it never had it. */
function atVenue(account: Account, id: string): { readonly isLive: boolean; readonly executed: bigint } | null {
  const orders = [...account.orders.values()].filter((order) => order.clientOrderId === id)
  const conditionals = [...account.conditionals.values()].filter((order) => order.clientOrderId === id)
  if (orders.length + conditionals.length === 0) return null
  const children = conditionals.flatMap(({ childId }) => {
    const child = childId === null ? undefined : account.orders.get(childId)
    return child === undefined || orders.includes(child) ? [] : [child]
  })
  const all = [...orders, ...children]
  const isLive =
    all.some((order) => account.live.has(order.id)) || conditionals.some((order) => account.waiting.has(order.id))
  return { isLive, executed: all.reduce((sum, { executed }) => sum + executed, 0n) }
}

/** An order is over only when the venue has ended it, with as much filled as the venue counts. */
export function checkOrderEnd(event: Closed, account: Account, blame: Blame): void {
  const { clientOrderId, status, filledQuantity } = event
  const found = atVenue(account, clientOrderId)
  if (status === 'absent') {
    if (found !== null) blame(`${clientOrderId} is taken for absent, the venue has it`)
    return
  }
  if (found === null) return blame(`${clientOrderId} is over (${status}), the venue never had it`)
  if (found.isLive) blame(`${clientOrderId} is over (${status}), at the venue it may still fill`)
  if (filledQuantity !== null && parseQuantity(filledQuantity) !== found.executed)
    blame(`${clientOrderId} is over with ${filledQuantity} filled, the venue says ${found.executed} × 10^-12`)
}

/** An order that was refused must not rest. */
export function checkRefused({ clientOrderId }: EventOf<'OrderRefused'>, account: Account, blame: Blame): void {
  if (atVenue(account, clientOrderId)?.isLive === true)
    blame(`${clientOrderId} is taken for refused, it may still fill`)
}
