import type { BookEvent } from '@tranchebook/core'
import {
  AppendError,
  type Appended,
  type AppendOptions,
  type Lease,
  MemoryStore,
  type NewEvent,
  type VerifyOptions,
  type VerifyReport,
} from '@tranchebook/store'

/** How an append goes wrong: before anything was written, because the database has no room or lets nobody in, or after everything was. */
export type AppendFault = 'not-sent' | 'disk-full' | 'rolled-back' | 'lose-reply'

/** A memory store whose next appends fail as told. */
export class FlakyStore extends MemoryStore<BookEvent> {
  readonly faults: AppendFault[] = []
  /** Appends wait for this. */
  gate: Promise<void> = Promise.resolve()

  /** Whether leases can be renewed. */
  isRenewable = true
  /** Whether a verification finds the log damaged. */
  isDamaged = false

  override async renewLease(lease: Lease, ttlMs: number): Promise<Lease> {
    if (this.isRenewable) return super.renewLease(lease, ttlMs)
    throw new AppendError('store.append.not-sent', 'the connection is down', { outcome: 'not-sent' })
  }

  override async verify(options?: VerifyOptions): Promise<VerifyReport> {
    const report = await super.verify(options)
    if (!this.isDamaged) return report
    const problem = { code: 'hash-differs', message: 'event 7 was changed', at: { position: 7 } } as const
    return { ...report, status: 'corrupt', exitCode: 1, firstBad: problem, problems: [problem] }
  }

  override async append(
    stream: string,
    events: readonly NewEvent<BookEvent>[],
    options: AppendOptions,
  ): Promise<Appended> {
    await this.gate
    const fault = this.faults.shift()
    if (fault === 'not-sent')
      throw new AppendError('store.append.not-sent', 'the connection is down', { outcome: 'not-sent' })
    if (fault === 'disk-full' || fault === 'rolled-back')
      throw new AppendError(`store.append.${fault}`, 'nothing was appended', { outcome: 'refused' })
    const appended = await super.append(stream, events, options)
    if (fault === 'lose-reply')
      throw new AppendError('store.append.outcome-unknown', 'the reply is lost', { outcome: 'unknown' })
    return appended
  }
}
