import type { Venue } from '@tranchebook/adapters'

/** Told of whatever a call gave, threw or told, and of which call it was. */
export type Overhear = (what: string, value: unknown) => void

/** The same venue, overheard: every result, every error and every event of every call. */
export function watchCalls(venue: Venue, hear: Overhear): Venue {
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
  return new Proxy(venue, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      return (...given: readonly unknown[]): unknown => {
        const what = String(name)
        const heard = given.map((argument) => overheard(what, argument))
        const result: unknown = Reflect.apply(member, target, heard)
        if (result instanceof Promise) void overhear(what, result)
        else hear(what, result)
        return result
      }
    },
  })
}
