import type { OpenOrder, Venue } from '@tranchebook/adapters'
import {
  ALONE,
  applyEvent,
  type BookEvent,
  type BookOrder,
  type ClosingRule,
  type CommandInput,
  copyBook,
  decide,
  type DecisionContext,
  type Input,
  type Instrument,
  isOwnOrderId,
  type ObservedMark,
  type PositionInput,
  type SymbolConfig,
  streamOf,
  type TrancheBook,
  type AccountLimits,
} from '@tranchebook/core'
import type { PreparedBook } from '../account/prepare-account.js'
import type { RecoveredBook } from '../book/recover-book.js'
import { ownNews, refOf, stepsOf } from '../act/outcome-inputs.js'
import { askForTrades, lastCertainTrade } from '../reconcile/known-history.js'
import { isListed } from '../reconcile/listed-orders.js'

/** What the venue said, once for all books. */
export interface VenueFacts {
  readonly venue: Venue
  /** The venue's time, epoch ms. */
  readonly now: number
  readonly openOrders: readonly OpenOrder[]
  readonly positions: readonly PositionInput[]
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly limits: AccountLimits
  readonly closingRules: ReadonlyMap<string, ClosingRule>
  /** Conditional orders the account may still add; `null` = not limited. */
  readonly conditionalRoom: number | null
  /** What becomes of the configuration of each book for the rehearsal. */
  readonly adjust: (config: SymbolConfig) => SymbolConfig
  /** Given to each book before its protection is reviewed. */
  readonly commands?: (book: TrancheBook, time: number) => readonly CommandInput[]
}

/** What a book would do if it were compared with the venue now. Nothing of it was recorded or sent. */
export interface RehearsedBook {
  readonly symbol: string
  readonly stream: string
  /** As the log has it. */
  readonly before: TrancheBook
  /** With what the venue says taken over. */
  readonly observed: TrancheBook
  readonly config: SymbolConfig
  readonly context: DecisionContext
  readonly positions: readonly PositionInput[]
  readonly openOrders: readonly OpenOrder[]
  /** What would be recorded because of what the venue says. */
  readonly findings: readonly BookEvent[]
  /** What protection would intend after that. */
  readonly intended: readonly BookEvent[]
  /** Orders of ours that the book does not know. */
  readonly strays: readonly OpenOrder[]
}

class BookRehearsal {
  readonly book: TrancheBook
  readonly config: SymbolConfig
  private readonly facts: VenueFacts
  private readonly market: ObservedMark | null

  constructor({ book, config }: RecoveredBook, facts: VenueFacts, mark: ObservedMark | null) {
    this.facts = facts
    this.market = mark
    this.book = book
    this.config = config
  }

  /** A difference is acted on at the first look: it is asked what would be done if it stays. */
  get context(): DecisionContext {
    const { limits, instruments, conditionalRoom, closingRules, adjust } = this.facts
    const instrument = instruments.get(this.book.symbol)
    if (instrument === undefined) throw new RangeError(`the venue does not list ${this.book.symbol}`)
    return {
      config: adjust({ ...this.config, driftSettleMs: 0 }),
      limits,
      instrument,
      account: ALONE,
      readiness: { isLive: false, reasons: ['this is a rehearsal'] },
      sending: 'protect',
      market: this.market,
      conditionalRoom,
      closingRules,
      isLate: false,
    }
  }

  take(input: Input): readonly BookEvent[] {
    const events = decide(this.book, input, this.context)
    for (const event of events) applyEvent(this.book, event)
    return events
  }

  takeAll(inputs: readonly Input[]): readonly BookEvent[] {
    return inputs.flatMap((input) => this.take(input))
  }

  review(): readonly BookEvent[] {
    const { account, symbol } = this.book
    const time = Math.max(this.facts.now, this.book.time)
    return this.take({ type: 'review', id: `review:${time}`, time, account, symbol })
  }
}

async function lookUp(book: TrancheBook, order: BookOrder, { venue, now }: VenueFacts): Promise<readonly Input[]> {
  const lookup = await venue.findOrder(refOf(book.symbol, order))
  if (lookup.type === 'found') return stepsOf(lookup.report)
  const { clientOrderId } = order
  return [ownNews({ loop: { book }, clientOrderId, status: 'absent', time: now })]
}

/** Orders that should rest and are not listed are looked for, one by one. */
async function readOrders(
  book: TrancheBook,
  listed: readonly OpenOrder[],
  facts: VenueFacts,
): Promise<readonly Input[]> {
  const inputs: Input[] = []
  for (const order of book.orders.values()) {
    const isAccounted = order.ending !== null || (order.state === 'working' && isListed(order, listed))
    if (!isAccounted) inputs.push(...(await lookUp(book, order, facts)))
  }
  return inputs
}

async function readTrades(book: TrancheBook, beginning: number, { venue }: VenueFacts): Promise<readonly Input[]> {
  const afterId = lastCertainTrade(book)
  const request = { symbol: book.symbol, afterId, since: afterId === null ? beginning : null }
  const fills: Input[] = []
  for await (const history of askForTrades(venue, request)) fills.push(...history.fills)
  return fills
}

function markOf(positions: readonly PositionInput[], now: number): ObservedMark | null {
  const price = positions.find(({ markPrice }) => markPrice !== null)?.markPrice ?? null
  return price === null ? null : { price, high: price, low: price, time: now }
}

/** Compares one book with the venue in memory. @throws {VenueError} where the venue could not be asked */
export async function rehearseBook(prepared: PreparedBook, facts: VenueFacts): Promise<RehearsedBook> {
  const { symbol } = prepared.setup.identity
  const positions = facts.positions.filter((position) => position.symbol === symbol)
  const listed = facts.openOrders.filter((order) => order.symbol === symbol)
  const rehearsal = new BookRehearsal(prepared.recovered, facts, markOf(positions, facts.now))
  const { book } = rehearsal
  const before = copyBook(book)
  const found = [
    ...rehearsal.takeAll(await readOrders(book, listed, facts)),
    ...rehearsal.takeAll(await readTrades(book, prepared.beginning, facts)),
    ...rehearsal.takeAll(positions),
  ]
  const observed = copyBook(book)
  const commanded = rehearsal.takeAll(facts.commands?.(book, Math.max(facts.now, book.time)) ?? [])
  const intended = [...commanded, ...rehearsal.review()]
  const stream = streamOf(book)
  const strays = listed.filter(
    (order) => isOwnOrderId(order.clientOrderId, stream) && !before.orders.has(order.clientOrderId),
  )
  const { config, context } = rehearsal
  return {
    symbol,
    stream,
    before,
    observed,
    config,
    context,
    positions,
    openOrders: listed,
    findings: found,
    intended,
    strays,
  }
}
