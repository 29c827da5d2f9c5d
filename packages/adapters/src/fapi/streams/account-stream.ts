import type { Clock } from '../../transport/clock.js'
import { createResyncGate } from '../../transport/resync-gate.js'
import { openSession, ROTATION_MS } from '../../transport/socket-session.js'
import type { VenueStream } from '../../venue.js'
import type { AccountEvent } from '../../venue/account-event.js'
import { isHopeless } from '../read-answer.js'
import { createListenKeyLife, type ListenKeyCalls } from './listen-key-life.js'

/** What a reader of account messages may call. */
export interface ReaderDoor {
  readonly emit: (event: AccountEvent) => void
  readonly onKeyExpired: () => void
  readonly onDoubt: (reason: string) => void
}

/** How an account stream is built. */
export interface AccountStreamOptions {
  readonly clock: Clock
  readonly keys: ListenKeyCalls
  readonly keyRefreshMs: number
  readonly addressOf: (listenKey: string) => string
  readonly createReader: (door: ReaderDoor) => { read(text: string): void; close(): void }
  readonly silenceMs: number
  readonly pingMs: number
  readonly connectTimeoutMs: number
}

const OVERLAP_MS = 2_000

/**
 * Account events over a listen key that is kept alive. Every connection starts with a resynchronisation; between a loss and the end of
 * the next one nothing passes.
 */
export function openAccountStream(options: AccountStreamOptions, listener: (event: AccountEvent) => void): VenueStream {
  const { clock, keys, keyRefreshMs, addressOf, createReader, silenceMs, pingMs, connectTimeoutMs } = options
  const gate = createResyncGate(listener)
  let opened = 0
  const reader = createReader({
    emit: (event) => {
      gate.pass(event)
    },
    onKeyExpired: () => {
      session.reconnect('the listen key has expired')
    },
    onDoubt: (reason) => {
      gate.doubt(clock.now(), reason)
    },
  })
  const life = createListenKeyLife({
    clock,
    calls: keys,
    refreshMs: keyRefreshMs,
    onGone: () => {
      session.reconnect('the listen key is not valid any more')
    },
  })
  const session = openSession({
    clock,
    address: async () => addressOf(await life.obtain()),
    listener: {
      onOpen: () => {
        opened += 1
        gate.connected(clock.now(), opened === 1 ? 'first connection' : 'connected again')
      },
      onText: (text) => {
        reader.read(text)
      },
      onLost: (reason, since) => {
        gate.lost(clock.now(), since, reason)
      },
    },
    greetings: [],
    silenceMs,
    lifeSign: 'any',
    pingMs,
    connectTimeoutMs,
    rotationMs: ROTATION_MS,
    overlapMs: OVERLAP_MS,
    isHopeless,
  })
  return {
    opened: session.opened,
    resume: (resync) => {
      gate.resume(resync)
    },
    close: () => {
      life.stop()
      reader.close()
      session.close()
      return Promise.resolve()
    },
  }
}
