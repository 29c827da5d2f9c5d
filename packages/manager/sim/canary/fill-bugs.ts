import { type BookOrder, type Input, parseMoney, parseQuantity, type TrancheBook } from '@tranchebook/core'
import type { Bug } from './bug.js'
import { changeEvent, misfold, misleadDecide, rewriteEvents } from './rewrite.js'

const NO_FILLS: TrancheBook['fills'] = { seen: new Map(), older: new Map(), watermarkId: null, watermarkTime: 0 }

function ordersWith(orders: TrancheBook['orders'], change: (order: BookOrder) => BookOrder): TrancheBook['orders'] {
  return new Map([...orders].map(([id, order]) => [id, change(order)]))
}

function isForeign(input: Input): boolean {
  return input.type === 'fill' && input.clientOrderId?.startsWith('tb') !== true
}

/** Fills that are booked wrongly, twice, or not at all. */
export const FILL_BUGS: readonly Bug[] = [
  {
    name: 'forgetDedupe',
    story: 'books a fill again when it is told again',
    plant: () =>
      misleadDecide((asked) =>
        asked.input.type === 'fill' ? { ...asked, book: { ...asked.book, fills: NO_FILLS } } : asked,
      ),
  },
  {
    name: 'ignoreForeignFills',
    story: 'ignores fills that it has not asked for',
    plant: () => rewriteEvents((events, { input }) => (isForeign(input) ? [] : events)),
  },
  {
    name: 'dropLateFills',
    story: 'ignores fills that are older than the newest',
    plant: () =>
      rewriteEvents((events, { book, input }) =>
        input.type === 'fill' && input.time < book.lastFillTime ? [] : events,
      ),
  },
  {
    name: 'ignoreForcedFills',
    story: 'ignores liquidations, deleveraging and settlement',
    plant: () => rewriteEvents((events, { input }) => (input.type === 'fill' && input.kind !== 'trade' ? [] : events)),
  },
  {
    name: 'forgetFee',
    story: 'books fills without their fee',
    plant: () =>
      misleadDecide((asked) =>
        asked.input.type === 'fill' ? { ...asked, input: { ...asked.input, fee: parseMoney('0') } } : asked,
      ),
  },
  {
    name: 'forgetAttribution',
    story: 'closes by the strategy, whatever tranche the order named',
    plant: () =>
      misleadDecide((asked) => {
        if (asked.input.type !== 'fill') return asked
        const orders = ordersWith(asked.book.orders, (order) => ({ ...order, allocation: [] }))
        return { ...asked, book: { ...asked.book, orders } }
      }),
  },
  {
    name: 'profitOfVenue',
    story: 'takes the profit that the venue reports for the profit of the tranche',
    plant: () =>
      changeEvent('TrancheReduced', (event, { input }) => {
        const profit = input.type === 'fill' ? input.realizedPnl : null
        return profit === null ? event : { ...event, realizedPnl: `${profit / 10n ** 24n}` }
      }),
  },
  {
    name: 'roundQuantities',
    story: 'books half of every fill that closes',
    plant: () =>
      misleadDecide((asked) => {
        const { input } = asked
        if (input.type !== 'fill' || input.quantity < 2n) return asked
        return { ...asked, input: { ...input, quantity: parseQuantity(halfOf(input.quantity)) } }
      }),
  },
  {
    name: 'dropFunding',
    story: 'never books funding',
    plant: () => rewriteEvents((events, { input }) => (input.type === 'funding' ? [] : events)),
  },
  {
    name: 'bookFundingTwice',
    story: 'books funding again when it is told again',
    plant: () => misleadDecide((asked) => ({ ...asked, book: { ...asked.book, fundingIds: [] } })),
  },
  {
    name: 'foldWithoutReductions',
    story: 'leaves the live tranche as it was when a part of it was closed',
    plant: () =>
      misfold((applyEvent, book, event) => {
        applyEvent(book, event)
        if (event.type !== 'TrancheReduced') return
        const tranche = book.groups[event.side].tranches.find(({ id }) => id === event.tranche)
        tranche?.reductions.pop()
      }),
  },
  {
    name: 'changeBesideTheLog',
    story: 'changes the live book without an event',
    plant: () =>
      misfold((applyEvent, book, event) => {
        applyEvent(book, event)
        if (event.type === 'FillBooked') book.leverage = 3
      }),
  },
]

function halfOf(quantity: bigint): string {
  const digits = (quantity / 2n).toString().padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}
