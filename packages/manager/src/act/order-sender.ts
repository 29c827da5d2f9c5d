import type { Acknowledged, Refused, RefusalReason, NotSent, WriteResult } from '@tranchebook/adapters'
import type {
  BookEvent,
  CancelIntended,
  LeverageIntended,
  OrderIntended,
  OrderPurpose,
  OrderReportStatus,
} from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { whyOf } from '../report/logger.js'
import type { ActHost } from './act-host.js'
import { isTerminal, ownNews, refOf, stepsOf } from './outcome-inputs.js'
import { LONGEST_SENDING_MS, type OutcomeResolver } from './outcome-resolver.js'
import { tryWrite } from './try-write.js'
import { WriteBatch } from './write-batch.js'

/** So long a stop may be on its way before it is doubted, ms. */
const LONGEST_WAIT_MS = 1000

/** What gives way to another of its kind, where the venue refuses the overlap. */
const REPLACEABLE: readonly OrderPurpose[] = ['stop', 'failSafe', 'takeProfit']

/** Reasons that may come of filters which the venue has changed. */
const FILTERED: readonly RefusalReason[] = ['filter', 'max-quantity', 'invalid', 'symbol-closed']

/** Not sent, since it is not wanted any more. */
interface Unwanted extends NotSent {
  readonly code: 'not-sent.late' | 'not-sent.killed' | 'not-sent.withdrawn'
}

function unwanted(why: Pick<Unwanted, 'code' | 'message'>): Unwanted {
  return { outcome: 'not-sent', reason: 'invalid', retryAfterMs: null, ...why }
}

function codeOf(result: Refused | NotSent | Unwanted): string {
  if (result.outcome === 'refused') return result.code ?? result.reason
  return 'code' in result ? result.code : `not-sent.${result.reason}`
}

/** Whether a cancel was not carried out, for certain. An order that the venue does not know may have filled: only a look can say. */
function isCertainNo(result: WriteResult): result is Refused | NotSent {
  return result.outcome === 'not-sent' || (result.outcome === 'refused' && result.reason !== 'unknown-order')
}

const NOT_OURS: NotSent = {
  outcome: 'not-sent',
  reason: 'closed',
  message: 'the account is not ours to write any more',
  retryAfterMs: null,
}

/** Whose orders are sent, and what shares a request. */
interface Sending {
  readonly loop: BookLoop
  readonly batch: WriteBatch
}

/** A cancel that is being sent. */
interface Cancelling {
  readonly event: CancelIntended
  readonly done: Promise<void>
}

/**
 * What makes room for a placement, where the venue refuses the overlap, of the cancels directly before it that the same decision has
 * intended: the last one, that of the order it replaces, and for a limit exit all, those of the take profits.
 */
function roomMakers(
  { causationId, purpose, orderType }: OrderIntended,
  cancels: readonly Cancelling[],
): readonly Promise<void>[] {
  const own = cancels.filter(({ event }) => event.causationId === causationId).map(({ done }) => done)
  if (purpose === 'exit' && orderType === 'LIMIT') return own
  return REPLACEABLE.includes(purpose) ? own.slice(-1) : []
}

/** Turns intents that are in the log into calls of the venue, and their outcomes into inputs. */
export class OrderSender {
  private readonly inFlight = new Set<Promise<void>>()
  /** Placements under way: their cancels leave after them. */
  private readonly placing = new Map<string, Promise<void>>()
  /** When placements were last on their way, venue's time; `null` = they still are. */
  private readonly sendings = new Map<string, number | null>()
  private readonly host: ActHost
  private readonly resolver: OutcomeResolver

  constructor(host: ActHost, resolver: OutcomeResolver) {
    this.host = host
    this.resolver = resolver
  }

  /** Sends what the events intend. They must be durable. */
  send(loop: BookLoop, events: readonly BookEvent[]): void {
    const sending: Sending = { loop, batch: new WriteBatch(this.host.venue) }
    let cancels: readonly Cancelling[] = []
    for (const event of events) {
      if (event.type === 'CancelIntended') {
        cancels = [...cancels, { event, done: this.track(this.cancel(sending, event)) }]
        continue
      }
      if (event.type === 'OrderIntended') this.startPlacing(sending, event, cancels)
      else if (event.type === 'LeverageIntended') void this.track(this.setLeverage(loop, event))
      cancels = []
    }
  }

  /**
   * When a placement was last on its way, or waited to be tried again, venue's time: what the venue said of it by then is not final.
   * `null` = more than {@link LONGEST_SENDING_MS} ago, or by another process.
   */
  lastSending(clientOrderId: string): number | null {
    const ended = this.sendings.get(clientOrderId)
    return ended === null ? this.host.now() : (ended ?? null)
  }

  /** Settles when nothing is being sent. */
  async drained(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight)
  }

  private track(sending: Promise<void>): Promise<void> {
    const tracked = sending
      .catch((error: unknown) => {
        this.host.logger.error({ why: whyOf(error) }, 'sending has failed in a way it must not')
      })
      .finally(() => this.inFlight.delete(tracked))
    this.inFlight.add(tracked)
    return tracked
  }

  private startPlacing(sending: Sending, event: OrderIntended, cancels: readonly Cancelling[]): void {
    const { clientOrderId } = event
    const placing = this.track(this.place(sending, event, roomMakers(event, cancels)))
    this.placing.set(clientOrderId, placing)
    void placing.finally(() => this.placing.delete(clientOrderId))
  }

  private async place(sending: Sending, event: OrderIntended, after: readonly Promise<void>[]): Promise<void> {
    if (after.length > 0) await Promise.all(after)
    const { loop } = sending
    const result = await this.submit(sending, event)
    if (result === null) return
    switch (result.outcome) {
      case 'acknowledged':
        return this.acknowledge(loop, event.clientOrderId, result)
      case 'unknown':
        return this.doubt(loop, event.clientOrderId, result.message)
      case 'refused':
        // It may be this very order that rests under the id.
        if (result.reason === 'duplicate-id') return this.doubt(loop, event.clientOrderId, result.message)
        return this.refuse(loop, event.clientOrderId, result)
      case 'not-sent':
        return this.refuse(loop, event.clientOrderId, result)
    }
  }

  /**
   * An entry at market was decided on a mark; after a log or a venue that took its time that mark may be no price any more. No entry
   * leaves once the kill switch is on, or a command has cancelled it.
   */
  private objectionTo(loop: BookLoop, { clientOrderId, purpose, orderType, time }: OrderIntended): Unwanted | null {
    if (purpose !== 'entry') return null
    if (loop.book.pauses.includes('killSwitch'))
      return unwanted({
        code: 'not-sent.killed',
        message: 'the kill switch was pulled before it left: nothing was sent',
      })
    if (loop.book.orders.get(clientOrderId)?.state === 'cancelling')
      return unwanted({
        code: 'not-sent.withdrawn',
        message: 'it was cancelled by a command before it left: nothing was sent',
      })
    const { maxPriceAgeMs } = loop.config
    const ageMs = this.host.now() - time
    if (orderType !== 'MARKET' || ageMs <= maxPriceAgeMs) return null
    return unwanted({
      code: 'not-sent.late',
      message: `expected to leave within ${maxPriceAgeMs} ms of its decision, got ${ageMs} ms: ask again at the present price`,
    })
  }

  /** A stop that is not answered soon is not counted on: what protection has besides it takes over in the meantime. */
  private async submit({ loop, batch }: Sending, event: OrderIntended): Promise<WriteResult | null> {
    const { clock, metrics } = this.host
    const request = { symbol: loop.symbol, terms: event, workingType: loop.config.workingType }
    const { clientOrderId } = event
    this.sendings.set(clientOrderId, null)
    const doubtSoon = (): void => {
      this.tell(loop, clientOrderId, { status: 'unknown', message: `no answer for ${LONGEST_WAIT_MS} ms` })
    }
    const cancelDoubt = event.purpose === 'stop' ? clock.schedule(LONGEST_WAIT_MS, doubtSoon) : null
    try {
      return await this.write(loop, async () => {
        const objection = this.objectionTo(loop, event)
        if (objection !== null) return objection
        metrics.ordersSent += 1
        const result = await batch.submit(request)
        if (!(await this.hasMadeRoom(loop, event, result))) return result
        metrics.ordersSent += 1
        return batch.submit(request)
      })
    } finally {
      cancelDoubt?.()
      this.endSending(clientOrderId)
    }
  }

  /** A stop of a log that is lost may hold the slot that the own one lacks. */
  private async hasMadeRoom(loop: BookLoop, { purpose }: OrderIntended, result: WriteResult): Promise<boolean> {
    const isStop = purpose === 'stop' || purpose === 'failSafe'
    if (!isStop || result.outcome !== 'refused' || result.reason !== 'too-many-orders') return false
    return this.host.makeRoom(loop)
  }

  private endSending(clientOrderId: string): void {
    const now = this.host.now()
    this.sendings.set(clientOrderId, now)
    for (const [other, ended] of this.sendings)
      if (ended !== null && now - ended > LONGEST_SENDING_MS) this.sendings.delete(other)
  }

  private acknowledge(loop: BookLoop, clientOrderId: string, { venueOrderId, report }: Acknowledged): void {
    this.tell(loop, clientOrderId, { status: 'acknowledged', orderId: venueOrderId })
    if (report !== null) for (const step of stepsOf(report)) loop.post(step)
  }

  private doubt(loop: BookLoop, clientOrderId: string, message: string): void {
    this.host.metrics.unknownOutcomes += 1
    this.host.logger.warn({ stream: loop.stream, order: clientOrderId, why: message }, 'outcome unknown: looking')
    this.tell(loop, clientOrderId, { status: 'unknown', message })
    this.resolver.watch(loop, clientOrderId, 'placed')
  }

  /** The book hears of a refusal by a filter once the filters were asked for: what it tries next must fit those. */
  private async refuse(loop: BookLoop, clientOrderId: string, result: Refused | NotSent): Promise<void> {
    this.host.metrics.refusals += 1
    const { message } = result
    const code = codeOf(result)
    const isPermanent = result.outcome === 'refused' && result.isPermanent
    const wouldTrigger = result.reason === 'would-trigger'
    this.host.logger.warn({ stream: loop.stream, order: clientOrderId, code, why: message }, 'order refused')
    if (result.outcome === 'refused' && this.isByFilter(result.reason)) await this.host.doubtInstruments()
    this.tell(loop, clientOrderId, { status: 'refused', code, message, isPermanent, wouldTrigger })
    if (result.reason === 'reduce-only' || result.reason === 'position-mode') this.host.requestReconcile(result.reason)
  }

  /** Where no limit of the account counts, the symbol has one of its own. */
  private isByFilter(reason: RefusalReason): boolean {
    const isFull = reason === 'too-many-orders' && this.host.venue.capabilities.maxConditionalOrders === null
    return isFull || FILTERED.includes(reason)
  }

  private async cancel({ loop, batch }: Sending, { clientOrderId }: CancelIntended): Promise<void> {
    const placing = this.placing.get(clientOrderId)
    if (placing !== undefined) await placing
    const order = loop.book.orders.get(clientOrderId)
    if (order === undefined) return
    const result = await this.write(loop, async () => {
      this.host.metrics.cancelsSent += 1
      return batch.cancel(refOf(loop.symbol, order))
    })
    if (result === null) return
    if (order.venueOrderId !== null && isCertainNo(result)) return this.refuseCancel(loop, clientOrderId, result)
    const report = result.outcome === 'acknowledged' ? result.report : null
    // Whether it filled in the meantime, or how much of it, only a look can say.
    if (report === null || !isTerminal(report)) return this.resolver.watch(loop, clientOrderId, 'cancelled')
    for (const step of stepsOf(report)) loop.post(step)
  }

  private refuseCancel(loop: BookLoop, clientOrderId: string, result: Refused | NotSent): void {
    const { message } = result
    const code = codeOf(result)
    this.host.logger.warn({ stream: loop.stream, order: clientOrderId, code, why: message }, 'cancel refused')
    this.tell(loop, clientOrderId, { status: 'cancelRefused', code, message })
  }

  private async setLeverage(loop: BookLoop, { leverage }: LeverageIntended): Promise<void> {
    const result = await this.write(loop, async () => this.host.venue.setLeverage(loop.symbol, leverage))
    if (result === null || result.outcome === 'acknowledged') return
    const facts = { stream: loop.stream, leverage, outcome: result.outcome, why: result.message }
    this.host.logger.warn(facts, 'leverage not changed')
  }

  /** `null` = the account is not ours to write any more: nobody must be told anything. */
  private async write(loop: BookLoop, write: () => Promise<WriteResult>): Promise<WriteResult | null> {
    const { clock, signal, metrics } = this.host
    if (!(await this.mayWrite())) return null
    const onRetry = (result: WriteResult): void => {
      metrics.sendRetries += 1
      this.host.logger.info({ stream: loop.stream, result }, 'not executed: trying again')
    }
    const send = async (): Promise<WriteResult> => ((await this.mayWrite()) ? write() : NOT_OURS)
    return tryWrite(send, { clock, signal, attempts: loop.config.maxOrderAttempts, onRetry })
  }

  /** What is durable must leave, or it must be certain that the account is not ours any more. */
  private async mayWrite(): Promise<boolean> {
    return this.host.maySend() || this.host.knowsMaySend()
  }

  private tell(
    loop: BookLoop,
    clientOrderId: string,
    { status, ...said }: { readonly status: OrderReportStatus } & Parameters<typeof ownNews>[1],
  ): void {
    loop.post(ownNews({ loop, clientOrderId, status, time: this.host.now() }, said))
  }
}
