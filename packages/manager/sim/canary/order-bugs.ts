import {
  type BookEvent,
  clientOrderIdOf,
  type EventOf,
  formatPrice,
  isOwnOrderId,
  parsePrice,
  streamOf,
  type TrancheBook,
} from '@tranchebook/core'
import type { Bug } from './bug.js'
import { type Asked, changeEvent, misleadDecide, rewriteEvents } from './rewrite.js'

type Intended = EventOf<'OrderIntended'>

/** The same order once more, under the next intent. */
function again(event: Intended, { book }: Asked): Intended {
  const intent = event.intent + 1
  return { ...event, intent, clientOrderId: clientOrderIdOf({ stream: streamOf(book), intent, attempt: 1 }) }
}

function doubled(purpose: Intended['purpose']): Bug['plant'] {
  return () =>
    rewriteEvents((events, asked) => {
      const [only, ...more] = events.filter((event) => event.type === 'OrderIntended')
      const isAlone = only !== undefined && more.length === 0 && only.purpose === purpose
      return isAlone ? [...events, again(only, asked)] : events
    })
}

/** The stop that works for the tranche of a new one. */
function before(book: TrancheBook, event: BookEvent): string | null {
  if (event.type !== 'OrderIntended' || event.purpose !== 'stop') return null
  const [part] = event.allocation
  const old = [...book.orders.values()].find(
    ({ purpose, state, allocation }) =>
      purpose === 'stop' && state === 'working' && part !== undefined && allocation[0]?.tranche === part.tranche,
  )
  return old?.clientOrderId ?? null
}

function cancelFirst(events: readonly BookEvent[], { book }: Asked): readonly BookEvent[] {
  const cancelled = new Set(events.flatMap((event) => (event.type === 'CancelIntended' ? [event.clientOrderId] : [])))
  return events.flatMap((event): BookEvent[] => {
    const old = before(book, event)
    if (old === null || cancelled.has(old)) return [event]
    cancelled.add(old)
    const { time, causationId, correlationId } = event
    const because = event.because ?? { rule: 'canary', configured: {}, observed: {} }
    const header = { version: 1, time, causationId, correlationId, because } as const
    return [{ ...header, type: 'CancelIntended', clientOrderId: old, reason: 'replaced' }, event]
  })
}

function withStatus(from: string, to: 'refused' | 'absent' | 'cancelled'): Bug['plant'] {
  return () =>
    misleadDecide((asked) =>
      asked.input.type === 'order' && asked.input.status === from
        ? { ...asked, input: { ...asked.input, status: to, filledQuantity: null } }
        : asked,
    )
}

/** Orders that are sent twice, wrongly made, or taken for what they are not. */
export const ORDER_BUGS: readonly Bug[] = [
  { name: 'resendOnTimeout', story: 'takes an unknown outcome for a refusal', plant: withStatus('unknown', 'refused') },
  { name: 'unknownIsAbsent', story: 'takes an unknown outcome for absent', plant: withStatus('unknown', 'absent') },
  { name: 'enterTwice', story: 'sends two orders for one entry', plant: doubled('entry') },
  { name: 'exitTwice', story: 'sends two orders for one exit', plant: doubled('exit') },
  {
    name: 'cancelBeforePlace',
    story: 'cancels a stop before its successor rests',
    plant: () => rewriteEvents(cancelFirst),
  },
  {
    name: 'forgetReduceOnly',
    story: 'sends exits in one-way mode that are not reduce-only',
    plant: () =>
      changeEvent('OrderIntended', (event) => (event.purpose === 'entry' ? event : { ...event, reduceOnly: false })),
  },
  {
    name: 'reduceOnlyInHedge',
    story: 'sends reduce-only orders in hedge mode',
    plant: () =>
      changeEvent('OrderIntended', (event) =>
        event.purpose === 'stop' && event.positionSide !== 'BOTH' ? { ...event, reduceOnly: true } : event,
      ),
  },
  {
    name: 'stopRoundedAway',
    story: 'rounds stops to the far side of the tick',
    plant: () =>
      changeEvent('OrderIntended', (event, { context }) => {
        if (event.purpose !== 'stop' || event.triggerPrice === null) return event
        const away = event.side === 'LONG' ? -context.instrument.tickSize : context.instrument.tickSize
        return { ...event, triggerPrice: priceText(parsePrice(event.triggerPrice) + away) }
      }),
  },
  {
    name: 'stopBetweenTicks',
    story: 'sends stops that are not on the tick',
    plant: () =>
      changeEvent('OrderIntended', (event) =>
        event.purpose === 'stop' && event.triggerPrice !== null
          ? { ...event, triggerPrice: priceText(parsePrice(event.triggerPrice) + 10n ** 9n) }
          : event,
      ),
  },
  {
    name: 'ignorePartialExits',
    story: 'leaves the stop of a tranche as it was after a part was closed',
    plant: () =>
      rewriteEvents((events, { book }) => {
        const reduced = [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].filter(
          ({ reductions }) => reductions.length > 0,
        )
        const isOf = (parts: readonly { readonly tranche: string }[]): boolean =>
          parts.some((part) => reduced.some(({ id }) => id === part.tranche))
        return events.filter((event) => {
          if (event.type === 'OrderIntended') return event.purpose !== 'stop' || !isOf(event.allocation)
          return event.type !== 'CancelIntended' || !isOf(book.orders.get(event.clientOrderId)?.allocation ?? [])
        })
      }),
  },
  {
    name: 'leaveTargetsBehind',
    story: 'never cancels a take profit',
    plant: () =>
      changeEvent('CancelIntended', (event, { book }) =>
        book.orders.get(event.clientOrderId)?.purpose === 'takeProfit' ? null : event,
      ),
  },
  {
    name: 'leaveStopsBehind',
    story: 'never cancels a stop',
    plant: () =>
      changeEvent('CancelIntended', (event, { book }) =>
        book.orders.get(event.clientOrderId)?.purpose === 'stop' ? null : event,
      ),
  },
  {
    name: 'noStopBesideTarget',
    story: 'places no stop while a take profit rests',
    plant: () =>
      changeEvent('OrderIntended', (event, { book }) => {
        const hasTarget = [...book.orders.values()].some(({ purpose }) => purpose === 'takeProfit')
        return event.purpose === 'stop' && hasTarget ? null : event
      }),
  },
  {
    name: 'wrongPositionSide',
    story: 'names the position BOTH in hedge mode',
    plant: () => changeEvent('OrderIntended', (event) => ({ ...event, positionSide: 'BOTH' })),
  },
  {
    name: 'cancelOfOthers',
    story: "cancels everybody's orders as strays",
    plant: () => ({
      venue: (venue) => ({
        ...venue,
        fetchOpenOrders: async (symbol) => {
          const orders = await venue.fetchOpenOrders(symbol)
          for (const order of orders)
            if (!isOwnOrderId(order.clientOrderId))
              await venue.cancel({ ...order, orderType: order.orderType ?? 'LIMIT', isProtection: false })
          return orders
        },
      }),
    }),
  },
]

function priceText(price: bigint): string {
  const digits = price.toString().padStart(13, '0')
  return formatPrice(parsePrice(`${digits.slice(0, -12)}.${digits.slice(-12)}`))
}
