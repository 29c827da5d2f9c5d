import type { Clock } from '../../transport/clock.js'

/** How a venue hands out listen keys. */
export interface ListenKeyCalls {
  /** The key that is valid already, extended, or a new one. Throws when there is none to be had. */
  create(): Promise<string>
  /** `gone` = the key is not valid any more; `failed` = try again soon. */
  extend(): Promise<'extended' | 'gone' | 'failed'>
}

/** Keeps a listen key alive while it is in use. */
export interface ListenKeyLife {
  obtain(): Promise<string>
  stop(): void
}

/** What a key's life depends on. */
export interface ListenKeyOptions {
  readonly clock: Clock
  readonly calls: ListenKeyCalls
  readonly refreshMs: number
  /** The key is no longer valid: a new connection with a new key is due. */
  readonly onGone: () => void
}

const RETRY_MS = 60_000
/** A key that was not extended for so long is no longer valid, whatever the venue says. */
const LIFE_MS = 60 * 60_000

/** Obtains keys and extends the latest one in good time. */
export function createListenKeyLife({ clock, calls, refreshMs, onGone }: ListenKeyOptions): ListenKeyLife {
  let callOff: () => void = () => undefined
  let isStopped = false
  let validFrom = clock.now()

  const arm = (delayMs: number): void => {
    callOff()
    if (isStopped) return
    callOff = clock.schedule(delayMs, () => void extend())
  }
  const extend = async (): Promise<void> => {
    const answer = await calls.extend()
    if (answer === 'extended') validFrom = clock.now()
    const isGone = answer === 'gone' || clock.now() - validFrom >= LIFE_MS
    if (isGone && !isStopped) onGone()
    else arm(answer === 'extended' ? refreshMs : RETRY_MS)
  }
  return {
    obtain: async () => {
      const key = await calls.create()
      validFrom = clock.now()
      arm(refreshMs)
      return key
    },
    stop: () => {
      isStopped = true
      callOff()
    },
  }
}
