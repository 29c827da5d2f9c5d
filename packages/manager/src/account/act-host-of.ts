import type { ActHost } from '../act/act-host.js'
import type { OrderSender } from '../act/order-sender.js'
import type { EngineOptions } from '../manager-options.js'
import type { Reconciler } from '../reconcile/reconciler.js'
import type { AccountLife } from './account-life.js'
import type { ModeWatch } from './mode-watch.js'
import type { VenueSync } from './venue-sync.js'

/** The parts that sending and looking lean on. */
export interface ActParts extends Pick<ActHost, 'clock' | 'logger' | 'metrics' | 'now'> {
  readonly options: EngineOptions
  readonly life: AccountLife
  readonly sender: OrderSender
  readonly reconciler: Reconciler
  readonly mode: ModeWatch
  readonly sync: VenueSync
  doubtInstruments(): Promise<void>
}

/** What sending and looking may use of an account. */
export function actHostOf(account: ActParts): ActHost {
  const { clock, logger, metrics, life, options } = account
  const { venue, mode, acceptWindowMs = venue.capabilities.acceptWindowMs } = options
  return {
    venue,
    clock,
    logger,
    metrics,
    acceptWindowMs,
    signal: life.signal,
    now: () => account.now(),
    maySend: () => mode !== 'observe' && life.ownsAccount(),
    knowsMaySend: async () => mode !== 'observe' && (await life.confirmsAccount()),
    lastSending: (clientOrderId) => account.sender.lastSending(clientOrderId),
    bookTrades: async (loop) => account.reconciler.bookTrades(loop),
    makeRoom: async (loop) => account.reconciler.makeRoom(loop),
    doubtInstruments: async () => account.doubtInstruments(),
    requestReconcile: (cause) => {
      if (cause === 'position-mode') account.mode.doubt()
      account.sync.request(cause)
    },
  }
}
