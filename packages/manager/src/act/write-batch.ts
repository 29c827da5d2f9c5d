import { isConditional, type OrderRef, type OrderRequest, type Venue, type WriteResult } from '@tranchebook/adapters'
import { whyOf } from '../report/logger.js'

interface Waiting<Write> {
  readonly write: Write
  readonly settle: (result: WriteResult) => void
}

type SendMany<Write> = (writes: readonly Write[]) => Promise<readonly WriteResult[]>

/** Writes of one decision that may share a request. They go out together once the decision has been gone through. */
class Group<Write> {
  private readonly waiting: Waiting<Write>[] = []
  private readonly sendOne: (write: Write) => Promise<WriteResult>
  private readonly sendMany: SendMany<Write>

  constructor(sendOne: (write: Write) => Promise<WriteResult>, sendMany: SendMany<Write>) {
    this.sendOne = sendOne
    this.sendMany = sendMany
  }

  async add(write: Write): Promise<WriteResult> {
    return new Promise((settle) => {
      this.waiting.push({ write, settle })
      if (this.waiting.length === 1)
        queueMicrotask(() => {
          void this.flush()
        })
    })
  }

  private async flush(): Promise<void> {
    const waiting = this.waiting.splice(0)
    const results = await this.send(waiting.map(({ write }) => write))
    for (const [index, { settle }] of waiting.entries())
      settle(results[index] ?? unanswered('the answer leaves it out'))
  }

  private async send(writes: readonly Write[]): Promise<readonly WriteResult[]> {
    const [first, ...others] = writes
    try {
      if (first === undefined) return []
      return others.length === 0 ? [await this.sendOne(first)] : await this.sendMany(writes)
    } catch (error) {
      return writes.map(() => unanswered(whyOf(error)))
    }
  }
}

function unanswered(message: string): WriteResult {
  return { outcome: 'unknown', code: null, message }
}

/**
 * The writes of one decision. Limit orders share a request where the venue takes batches, and so do cancels; stops and market orders
 * go alone and at once, so that nothing waits for anything else. Entries and protection never share one: they spend different budgets.
 */
export class WriteBatch {
  private readonly venue: Venue
  private readonly placements: Readonly<Record<'entry' | 'protection', Group<OrderRequest>>>
  private readonly cancels: Readonly<Record<'entry' | 'protection', Group<OrderRef>>>

  constructor(venue: Venue) {
    this.venue = venue
    const placing = (): Group<OrderRequest> =>
      new Group(
        async (order) => venue.submit(order),
        async (orders) => venue.submitMany(orders),
      )
    const cancelling = (): Group<OrderRef> =>
      new Group(
        async (order) => venue.cancel(order),
        async (orders) => venue.cancelMany(orders),
      )
    this.placements = { entry: placing(), protection: placing() }
    this.cancels = { entry: cancelling(), protection: cancelling() }
  }

  async submit(order: OrderRequest): Promise<WriteResult> {
    const { orderType, purpose } = order.terms
    if (orderType !== 'LIMIT' || this.venue.capabilities.maxBatchSubmit < 2) return this.venue.submit(order)
    return this.placements[purpose === 'entry' ? 'entry' : 'protection'].add(order)
  }

  async cancel(order: OrderRef): Promise<WriteResult> {
    if (isConditional(order.orderType) || this.venue.capabilities.maxBatchCancel < 2) return this.venue.cancel(order)
    return this.cancels[order.isProtection ? 'protection' : 'entry'].add(order)
  }
}
