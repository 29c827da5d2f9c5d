import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import type { Venue } from '@tranchebook/adapters'

/** A venue whose words are overheard. */
export interface WatchedVenue {
  readonly venue: Venue
  /** @throws {AssertionError} when a secret was said */
  readonly assertSilence: () => void
}

function printed(value: unknown): string {
  return inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null })
}

/** Overhears results, errors and events of every call, as deep as they go, for any of the secrets. */
export function watchCalls(venue: Venue, secrets: readonly string[]): WatchedVenue {
  const leaks = new Set<string>()
  const hear = (what: string, value: unknown): void => {
    const text = printed(value)
    if (secrets.some((secret) => text.includes(secret))) leaks.add(what)
  }
  const overheard = (what: string, argument: unknown): unknown =>
    typeof argument === 'function'
      ? (...told: readonly unknown[]): unknown => {
          hear(`an event of ${what}`, told)
          return Reflect.apply(argument, undefined, told)
        }
      : argument
  const overhear = async (what: string, result: Promise<unknown>): Promise<void> => {
    try {
      hear(what, await result)
    } catch (error) {
      hear(what, error)
    }
  }
  const watched = new Proxy(venue, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      return (...given: readonly unknown[]): unknown => {
        const what = String(name)
        const result: unknown = Reflect.apply(
          member,
          target,
          given.map((argument) => overheard(what, argument)),
        )
        if (result instanceof Promise) void overhear(what, result)
        else hear(what, result)
        return result
      }
    },
  })
  return {
    venue: watched,
    assertSilence: () => {
      hear('the venue itself', venue)
      assert.deepEqual([...leaks], [], 'a key of the account showed up')
    },
  }
}
