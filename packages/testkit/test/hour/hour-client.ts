import type { AccountEvent, Clock, OrderRequest, Venue, VenueStream, WriteResult } from '@tranchebook/adapters'
import type { FillInput, FundingInput, Input } from '@tranchebook/core'
import { OrderBookKeeper, refOf } from './order-book-keeper.js'
import { pass } from './scaled-clock.js'

/** What a client lives on. */
export interface ClientOptions {
  readonly venue: Venue
  readonly clock: Clock
  readonly symbol: string
  /** When it began, epoch ms. */
  readonly since: number
}

const RETRY_MS = 1_500
const LOOK_EVERY_MS = 15_000

/**
 * A client that keeps to the port and to nothing else: it books every trade once, resynchronises when it is told to, looks after every
 * order whose outcome it does not know, and never sends an order twice.
 */
export class HourClient {
  readonly orders = new OrderBookKeeper()
  /** Everything that goes into the books, in the order in which it was heard, repetitions included. */
  readonly heard: Input[] = []
  /** How often it was told that something may be missing. */
  resyncs = 0
  readonly #options: ClientOptions
  readonly #fills = new Map<string, FillInput>()
  readonly #funding = new Map<string, FundingInput>()
  readonly #stream: VenueStream
  #newestResync = 0
  #isOver = false
  #catchingUp: Promise<void> = Promise.resolve()
  readonly #looking: Promise<void>

  constructor(options: ClientOptions) {
    this.#options = options
    this.#stream = options.venue.streamAccount((event) => {
      this.#take(event)
    })
    this.#looking = this.#lookForEver()
  }

  get fills(): ReadonlyMap<string, FillInput> {
    return this.#fills
  }

  get funding(): ReadonlyMap<string, FundingInput> {
    return this.#funding
  }

  async submit(...requests: readonly OrderRequest[]): Promise<void> {
    const { venue, clock } = this.#options
    for (const request of requests) this.orders.note(request, clock.now())
    const results = await this.#send(venue, requests)
    for (const [index, request] of requests.entries()) {
      const result = results[index]
      if (result !== undefined) this.orders.settle(request.terms.clientOrderId, result)
    }
  }

  async cancel(...requests: readonly OrderRequest[]): Promise<void> {
    const results = await this.#options.venue.cancelMany(requests.map(refOf))
    for (const result of results) {
      if (result.outcome === 'acknowledged' && result.report !== null) this.orders.hear(result.report)
    }
  }

  /** Reads what may be missing, as after a gap, and looks at every order that is not known to be over. */
  async catchUp(): Promise<void> {
    const { venue, symbol, since } = this.#options
    const newest = [...this.#fills.keys()].reduce((most, id) => (BigInt(id) > BigInt(most) ? id : most), '0')
    const afterId = newest === '0' ? null : newest
    const trades = await this.#persist(() => venue.fetchTrades({ symbol, afterId, since }))
    for (const fill of trades.fills) this.#book(fill)
    const payments = await this.#persist(() => venue.fetchFunding({ symbol, afterId: null, since }))
    for (const payment of payments.payments) this.#receive(payment)
    await this.look()
  }

  /** Looks at every order that is not known to be over. */
  async look(): Promise<void> {
    const { venue, clock } = this.#options
    for (const request of [...this.orders.with('doubtful'), ...this.orders.with('working')]) {
      const found = await this.#persist(() => venue.findOrder(refOf(request)))
      if (found.type === 'found') this.orders.hear(found.report)
      else this.orders.miss(request.terms.clientOrderId, clock.now())
    }
  }

  async close(): Promise<void> {
    this.#isOver = true
    await this.#stream.close()
    await this.#catchingUp
    await this.#looking
  }

  #send(venue: Venue, requests: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
    const [first] = requests
    if (first === undefined) return Promise.resolve([])
    return requests.length === 1 ? venue.submit(first).then((result) => [result]) : venue.submitMany(requests)
  }

  #take(event: AccountEvent): void {
    if (event.type === 'fill') this.#book(event)
    if (event.type === 'order') this.orders.hear(event)
    if (event.type === 'resyncNeeded') this.#catchingUp = this.#resynchronise(event.resync)
  }

  #book(fill: FillInput): void {
    this.heard.push(fill)
    this.#fills.set(fill.tradeId, fill)
  }

  #receive(payment: FundingInput): void {
    this.heard.push(payment)
    this.#funding.set(payment.fundingId, payment)
  }

  async #resynchronise(resync: number): Promise<void> {
    this.resyncs += 1
    this.#newestResync = resync
    try {
      await this.catchUp()
    } catch (error) {
      if (!this.#isOver) throw error
    }
    if (resync === this.#newestResync) this.#stream.resume(resync)
  }

  async #lookForEver(): Promise<void> {
    for (;;) {
      await pass(this.#options.clock, LOOK_EVERY_MS)
      if (this.#isOver) return
      await this.look()
    }
  }

  /** Asks again until there is an answer. */
  async #persist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (this.#isOver) throw error
        await pass(this.#options.clock, RETRY_MS)
      }
    }
  }
}
