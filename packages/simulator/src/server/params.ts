import { InputError } from '@tranchebook/core'
import { missing, RequestRefusal } from './request-refusal.js'

/** Parameters of a request, as text. An empty one counts as not sent. */
export class Params {
  readonly #values: ReadonlyMap<string, string>

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  /** `null` = not sent. */
  text(name: string): string | null {
    const value = this.#values.get(name) ?? ''
    return value === '' ? null : value
  }

  /** @throws {RequestRefusal} −1102 */
  need(name: string): string {
    const value = this.text(name)
    if (value === null) throw missing(name)
    return value
  }

  /** One of the words; `otherwise` when it was not sent. @throws {RequestRefusal} with `code` for any other word. */
  word<Word extends string>(
    name: string,
    words: readonly Word[],
    { otherwise, code }: { otherwise: Word | null; code: number },
  ): Word {
    const value = this.text(name) ?? otherwise
    if (value === null) throw missing(name)
    const found = words.find((word) => word === value.toUpperCase() || word === value)
    if (found === undefined) throw new RequestRefusal(code, `Invalid ${name}.`)
    return found
  }

  /** `true` in any letter case. */
  flag(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true'
  }

  /** A decimal; `null` = not sent. @throws {RequestRefusal} −1102 */
  decimal<Value>(name: string, parse: (text: string) => Value): Value | null {
    const value = this.text(name)
    if (value === null) return null
    try {
      return parse(value)
    } catch (error) {
      if (error instanceof InputError) throw missing(name)
      throw error
    }
  }

  /** A whole number; `null` = not sent. @throws {RequestRefusal} −1102 */
  integer(name: string): number | null {
    const value = this.text(name)
    if (value === null) return null
    if (!/^\d{1,16}$/.test(value)) throw missing(name)
    return Number(value)
  }
}

/** Parameters of `a=1&b=2`. */
export function parseParams(text: string): Params {
  return new Params(new Map(new URLSearchParams(text)))
}

/** Parameters of one object in a JSON list. */
export function paramsOf(object: Readonly<Record<string, unknown>>): Params {
  const texts = Object.entries(object).map(([name, value]): [string, string] => [name, String(value)])
  return new Params(new Map(texts))
}
