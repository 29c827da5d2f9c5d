import {
  type BookEvent,
  type DecisionContext,
  type Input,
  type MarkInput,
  type Refusal,
  refusalOf,
  restartMark,
  streamOf,
  widenMark,
} from '@tranchebook/core'
import { BookState } from './book-state.js'
import type { LoopHost } from './loop-host.js'
import type { Mail } from './mailbox.js'
import type { RecoveredBook, RecoverSetup } from './recover-book.js'

/** What one input led to. */
export interface MailDecision {
  readonly mail: Mail
  readonly events: readonly BookEvent[]
  readonly refusal: Refusal | null
}

/** What the first inputs of a batch led to: the events of each, then those of the review. */
export interface BatchDecision {
  readonly decisions: readonly MailDecision[]
  readonly events: readonly BookEvent[]
}

/** Events after which no further input is decided for the same append. */
const ENOUGH_EVENTS = 500

/** What a book is decided with. */
export interface DeciderSetup {
  readonly setup: RecoverSetup
  readonly host: LoopHost
  readonly contextOf: (isLate: boolean) => DecisionContext
}

/** Decides the inputs of one book, ahead of the log. */
export class BookDecider {
  readonly state: BookState
  /** True when a review is asked for although nothing may have changed. */
  isReviewWanted = false
  private readonly setup: RecoverSetup
  private readonly host: LoopHost
  private readonly contextOf: (isLate: boolean) => DecisionContext

  constructor(recovered: RecoveredBook, { setup, host, contextOf }: DeciderSetup) {
    this.state = new BookState(recovered, setup)
    this.setup = setup
    this.host = host
    this.contextOf = contextOf
  }

  /** Takes a mark that decides nothing into account, or says that it has to be decided in its turn. */
  passOver(input: MarkInput): boolean {
    const { book } = this.state.working
    const context = this.contextOf(false)
    if (this.setup.rules.decide(book, input, context).length > 0) return false
    if (refusalOf(book, input, context) === null) this.state.market = widenMark(this.state.market, input)
    return true
  }

  /**
   * Decides and proposes; a review follows once for the whole batch, so that a fill and the stop it needs share an append. What is
   * left over once there is enough for one append has no decision.
   */
  decideBatch(batch: readonly Mail[]): BatchDecision {
    const decisions: MailDecision[] = []
    const events: BookEvent[] = []
    for (const mail of batch) {
      if (events.length >= ENOUGH_EVENTS) break
      const decision = this.decideMail(mail)
      decisions.push(decision)
      events.push(...decision.events)
    }
    const mustReview = (events.length > 0 || this.isReviewWanted) && this.host.mayReview(this.setup.identity.symbol)
    this.isReviewWanted = false
    return { decisions, events: mustReview ? [...events, ...this.review()] : events }
  }

  private decideMail(mail: Mail): MailDecision {
    const { input, isLate } = mail
    if (input.type === 'mark') this.state.market = widenMark(this.state.market, input)
    const events = this.decideInput(input, isLate)
    if (events.length > 0) return { mail, events, refusal: null }
    const refusal = refusalOf(this.state.working.book, input, this.contextOf(isLate))
    if (refusal !== null) {
      const stream = streamOf(this.state.working.book)
      this.host.logger.warn({ stream, input: input.id, code: refusal.code }, refusal.message)
      this.host.onRefused(input, refusal)
    }
    return { mail, events, refusal }
  }

  private decideInput(input: Input, isLate: boolean): readonly BookEvent[] {
    const events = this.setup.rules.decide(this.state.working.book, input, this.contextOf(isLate))
    this.state.propose(events)
    if (events.length > 0) this.state.market = restartMark(this.state.market)
    return events
  }

  private review(): readonly BookEvent[] {
    const time = Math.max(this.host.now(), this.state.working.book.time)
    const { account, symbol } = this.setup.identity
    return this.decideInput({ type: 'review', id: `review:${time}`, time, account, symbol }, false)
  }
}
