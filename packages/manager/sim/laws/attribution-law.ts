import { type BookEvent, type BookOrder, type EventOf, parseQuantity, type TrancheBook } from '@tranchebook/core'
import type { Blame } from './lots.js'

interface Due {
  readonly tradeId: string
  readonly tranche: string
  readonly quantity: bigint
}

/** A fill of an order that names its tranche closes that tranche, before any other. */
export class AttributionLaw {
  private due: Due[] = []
  private readonly blame: Blame

  constructor(blame: Blame) {
    this.blame = blame
  }

  note(event: BookEvent, book: TrancheBook): void {
    if (event.type === 'FillBooked') this.booked(event, book)
    if (event.type !== 'TrancheReduced') return
    const reduced = parseQuantity(event.quantity)
    this.due = this.due.map((due) =>
      due.tradeId === event.tradeId && due.tranche === event.tranche
        ? { ...due, quantity: due.quantity - reduced }
        : due,
    )
  }

  /** At the end of what one input led to. */
  settle(): void {
    for (const { tradeId, tranche, quantity } of this.due)
      if (quantity > 0n) this.blame(`trade ${tradeId} of an order for ${tranche} was taken from another tranche`)
    this.due = []
  }

  private booked({ tradeId, clientOrderId, closes }: EventOf<'FillBooked'>, book: TrancheBook): void {
    const order = clientOrderId === null ? undefined : orderOf(book, clientOrderId)
    const [part] = order?.allocation ?? []
    if (closes === null || part === undefined || order?.allocation.length !== 1) return
    const open = book.groups[closes.side].tranches.find(({ id }) => id === part.tranche)?.quantity ?? 0n
    const left = part.quantity - order.filled
    const quantity = [open, left, parseQuantity(closes.quantity)].reduce((least, each) => (each < least ? each : least))
    this.due.push({ tradeId, tranche: part.tranche, quantity })
  }
}

function orderOf(book: TrancheBook, id: string): BookOrder | undefined {
  return book.orders.get(id) ?? book.endedOrders.get(id)
}
