import type { OrderLookup } from '@tranchebook/adapters'
import type { BookOrder } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { backOffMs, isOver, pause } from '../clock/pause.js'
import { whyOf } from '../report/logger.js'
import type { ActHost } from './act-host.js'
import { isTerminal, ownNews, refOf, stepsOf } from './outcome-inputs.js'

/** What is not known of an order: whether it was accepted, whether its cancel was, or where it went. */
export type Question = 'placed' | 'cancelled' | 'vanished'

interface Watch {
  readonly loop: BookLoop
  readonly clientOrderId: string
  readonly question: Question
  /** Venue's time at which the question came up. */
  readonly since: number
  firstAbsent: number | null
  looks: number
}

const PAUSES = { first: 250, longest: 5000 }
/** No order is still being sent so long after it was intended: a log that is slow to take the intent, and retries, included. */
export const LONGEST_SENDING_MS = 30_000
/** Looks that still show an order after its cancel, before the cancel counts as refused. */
const LOOKS_FOR_CANCEL = 3

/** Finds out by looking what became of orders whose outcome is unknown. Nothing is ever sent again to find out. */
export class OutcomeResolver {
  private readonly watched = new Map<string, Promise<void>>()
  private readonly host: ActHost

  constructor(host: ActHost) {
    this.host = host
  }

  get size(): number {
    return this.watched.size
  }

  /** Looks, with growing pauses, until the book knows. */
  watch(loop: BookLoop, clientOrderId: string, question: Question): void {
    const key = `${question}/${clientOrderId}`
    if (this.watched.has(key)) return
    const watch: Watch = { loop, clientOrderId, question, since: this.host.now(), firstAbsent: null, looks: 0 }
    const following = this.follow(watch).finally(() => this.watched.delete(key))
    this.watched.set(key, following)
  }

  /** Looks once, and tells the book what the venue says. @throws {VenueError} where it could not be asked */
  async look(loop: BookLoop, order: BookOrder): Promise<OrderLookup> {
    this.host.metrics.lookUps += 1
    const lookup = await this.host.venue.findOrder(refOf(loop.symbol, order))
    if (lookup.type === 'found' && (order.state !== 'cancelling' || isTerminal(lookup.report)))
      for (const step of stepsOf(lookup.report)) loop.post(step)
    return lookup
  }

  private async follow(watch: Watch): Promise<void> {
    const { clock, signal, logger } = this.host
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      await pause(clock, this.pauseBefore(watch, attempt), signal)
      const order = watch.loop.book.orders.get(watch.clientOrderId)
      if (order === undefined || isAnswered(order, watch.question) || watch.loop.isHalted) return
      try {
        if (!isOver(signal) && (await this.ask(watch, order))) return
      } catch (error) {
        const facts = { order: watch.clientOrderId, question: watch.question, why: whyOf(error) }
        logger.warn(facts, 'an order of unknown outcome could not be looked up')
      }
    }
  }

  /** When the request may have left at the latest, venue's time: an intent may have waited for a slow log. */
  private sentBy({ loop, clientOrderId, since }: Watch): number {
    const intendedTime = loop.book.orders.get(clientOrderId)?.intendedTime ?? since
    return this.host.lastSending(clientOrderId) ?? Math.min(since, intendedTime + LONGEST_SENDING_MS)
  }

  /** Growing pauses, but not past the moments at which "absent" begins to mean something. */
  private pauseBefore(watch: Watch, attempt: number): number {
    const now = this.host.now()
    const { absentConfirmMs } = watch.loop.config
    const confirmMs = watch.firstAbsent === null ? 0 : watch.firstAbsent + absentConfirmMs - now
    if (confirmMs > 0) return confirmMs
    const usual = backOffMs(attempt, PAUSES)
    const openUntil = this.sentBy(watch) + this.host.acceptWindowMs
    return openUntil > now ? Math.min(usual, openUntil - now) : usual
  }

  /** True once the question is answered. */
  private async ask(watch: Watch, order: BookOrder): Promise<boolean> {
    const lookup = await this.look(watch.loop, order)
    watch.looks += 1
    if (lookup.type === 'notFound') return this.isAbsent(watch)
    watch.firstAbsent = null
    if (watch.question !== 'cancelled' || isTerminal(lookup.report)) return true
    if (watch.looks < LOOKS_FOR_CANCEL) return false
    this.tell(watch, 'cancelRefused', 'the order still rests after its cancel')
    return true
  }

  /**
   * Absent needs two answers some time apart, both from after the request could still be accepted, and no trade of it. A venue may
   * not find an order that it has just accepted: an acknowledgement shortens nothing.
   */
  private async isAbsent(watch: Watch): Promise<boolean> {
    const now = this.host.now()
    if (now - this.sentBy(watch) < this.host.acceptWindowMs) return false
    watch.firstAbsent ??= now
    if (now - watch.firstAbsent < watch.loop.config.absentConfirmMs) return false
    await this.host.bookTrades(watch.loop)
    this.tell(watch, 'absent', 'the venue does not know the order')
    this.host.requestReconcile('absent')
    return true
  }

  private tell({ loop, clientOrderId }: Watch, status: 'absent' | 'cancelRefused', message: string): void {
    loop.post(ownNews({ loop, clientOrderId, status, time: this.host.now() }, { message }))
  }
}

function isAnswered(order: BookOrder, question: Question): boolean {
  if (order.ending !== null) return true
  if (question === 'placed') return order.state === 'working' || order.state === 'cancelling'
  return question === 'cancelled' && order.state !== 'cancelling'
}
