import type { OpenOrder } from '@tranchebook/adapters'
import type { ActHost } from '../act/act-host.js'
import type { BookLoop } from '../book/book-loop.js'

/** What telling another writer's orders from our own needs. */
export interface OtherWriterHost extends Pick<ActHost, 'logger' | 'now' | 'acceptWindowMs'> {
  /** Whether an order that the venue lists may be one that the log of a book intends. */
  mayBeOurs(stream: string, order: OpenOrder): Promise<boolean>
  /** Another process sends orders for the books of this account. Once. */
  onOtherWriter(order: OpenOrder): void
}

/** One sight may be a mistake of ours; two comparisons are not. */
const LOOKS_TO_SAY = 2

/**
 * Tells orders under our prefix that another process has placed since this one began from what is left of an earlier one. Ours are in the
 * log before they are sent: what the log does not know, and the venue took after our start, is somebody else's who believes that the
 * account is his. Each would cancel the other's stops as strays.
 */
export class OtherWriterWatch {
  private readonly host: OtherWriterHost
  /** The venue's time at the first look, epoch ms; `null` = there was none. */
  private since: number | null = null
  /** What was there at the first look: venues date an order anew when a part of it fills. */
  private leftBehind: ReadonlySet<string> = new Set()
  private looks = 0
  private seen: OpenOrder | null = null

  constructor(host: OtherWriterHost) {
    this.host = host
  }

  /** A comparison begins, with what rests at the venue. */
  beginLook(listed: readonly OpenOrder[]): void {
    this.seen = null
    if (this.since !== null) return
    this.since = this.host.now()
    this.leftBehind = new Set(listed.map(({ clientOrderId }) => clientOrderId))
  }

  /** Whether an order under our prefix that its book does not know is another writer's: it is left alone. */
  async isOfAnother({ stream }: BookLoop, order: OpenOrder): Promise<boolean> {
    const { clientOrderId, time } = order
    if (this.since === null || this.leftBehind.has(clientOrderId)) return false
    if (time <= this.since + this.host.acceptWindowMs) return false
    if (this.looks < LOOKS_TO_SAY && (await this.host.mayBeOurs(stream, order))) return false
    this.host.logger.warn({ stream, order: clientOrderId }, 'an order under our prefix that another process has placed')
    this.seen = order
    return true
  }

  /** A comparison ends. */
  endLook(): void {
    if (this.seen === null || this.looks === LOOKS_TO_SAY) return
    this.looks += 1
    if (this.looks === LOOKS_TO_SAY) this.host.onOtherWriter(this.seen)
  }
}
