import type { BookEvent } from '@tranchebook/core'
import { AppendError, type Appended, type EventStore, StoreError } from '@tranchebook/store'
import { Network, type NetworkSetup } from './network.js'

/** How a program reaches its log. */
export interface RemoteStoreSetup extends NetworkSetup {
  readonly store: EventStore<BookEvent>
  /** Whether the log cannot be reached at all for the moment. */
  readonly isDown: () => boolean
}

type Append = EventStore<BookEvent>['append']

const LATE_MS = 700

function notSent(): AppendError {
  return new AppendError('store.append.not-sent', 'the log cannot be reached', { outcome: 'not-sent' })
}

function replyLost(): AppendError {
  return new AppendError('store.append.outcome-unknown', 'the reply of the log was lost', { outcome: 'unknown' })
}

/** An append as the faults have it: before anything was written, after everything was, or long after nobody waited for it any more. */
function appending({ store, faults, clock, isDown }: RemoteStoreSetup): Append {
  return async (stream, events, options): Promise<Appended> => {
    if (isDown()) throw notSent()
    const fault = faults.forAppend()
    if (fault === 'notSent') throw notSent()
    if (fault === 'landsLate') {
      clock.schedule(LATE_MS, () => {
        store.append(stream, events, options).catch(() => undefined)
      })
      throw replyLost()
    }
    const appended = await store.append(stream, events, options)
    if (fault === 'replyLost') throw replyLost()
    return appended
  }
}

/** A log as a program sees it, over a network. */
export function remoteStore(setup: RemoteStoreSetup): EventStore<BookEvent> {
  const { store, isDown } = setup
  const network = new Network(setup)
  const append = appending(setup)
  const assertUp = (): void => {
    if (isDown()) throw new StoreError('store.unavailable', 'the log cannot be reached')
  }
  const call = async <Answer>(send: () => Promise<Answer>): Promise<Answer> =>
    network.call(async () => {
      assertUp()
      return send()
    })
  return {
    append: async (stream, events, options) => network.call(async () => append(stream, events, options)),
    read: (stream, options) => store.read(stream, options),
    readAll: (options) => store.readAll(options),
    replay: (stream, options) => store.replay(stream, options),
    subscribe: (options) => store.subscribe(options),
    streamHead: async (stream) => call(async () => store.streamHead(stream)),
    logHead: async () => call(async () => store.logHead()),
    takeAnchor: async () => call(async () => store.takeAnchor()),
    saveSnapshot: async (snapshot) => call(async () => store.saveSnapshot(snapshot)),
    loadSnapshot: async (stream, schema) => call(async () => store.loadSnapshot(stream, schema)),
    acquireLease: async (request) => call(async () => store.acquireLease(request)),
    renewLease: async (lease, ttlMs) => call(async () => store.renewLease(lease, ttlMs)),
    releaseLease: async (lease) => call(async () => store.releaseLease(lease)),
    loadCheckpoint: async (name) => call(async () => store.loadCheckpoint(name)),
    saveCheckpoint: async (checkpoint, from) => call(async () => store.saveCheckpoint(checkpoint, from)),
    projectionsStaleSince: async () => call(async () => store.projectionsStaleSince()),
    verify: async (options) => call(async () => store.verify(options)),
    close: async () => Promise.resolve(),
  }
}
