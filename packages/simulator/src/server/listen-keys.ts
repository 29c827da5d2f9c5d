import type { Random } from '../engine/random.js'

/** Keys that open account streams. */
export interface ListenKeys {
  /** The key that is valid, extended, or a new one. */
  create(time: number): string
  /** False when there is none to extend. */
  extend(time: number): boolean
  /** The key that is valid now; `null` = none. */
  current(time: number): string | null
  /** The key that has run out since the last look; `null` = none. */
  expire(time: number): string | null
  /** Ends the key at once; `null` = there was none. */
  revoke(): string | null
}

const LIFE_MS = 3_600_000
const KEY_LENGTH = 64

/** One key per account, valid for an hour. */
export function createListenKeys(random: Random): ListenKeys {
  let key: string | null = null
  let until = 0
  const revoke = (): string | null => {
    const revoked = key
    key = null
    return revoked
  }
  return {
    create: (time) => {
      if (key === null || time >= until) key = random.text(KEY_LENGTH)
      until = time + LIFE_MS
      return key
    },
    extend: (time) => {
      if (key === null || time >= until) return false
      until = time + LIFE_MS
      return true
    },
    current: (time) => (time < until ? key : null),
    expire: (time) => (key !== null && time >= until ? revoke() : null),
    revoke,
  }
}
