import { InputError } from '../../errors.js'
import { formatMoney, type Money, parseMoney } from '../../money/money.js'
import { formatPercent, type Percent, parsePercent } from '../../money/percent.js'
import { formatPrice, parsePrice, type Price } from '../../money/price.js'
import { formatQuantity, parseQuantity, type Quantity } from '../../money/quantity.js'
import { isRecord, type Json, showJson } from './json.js'

/** How one kind of state is written as plain JSON, and read back. */
export interface Codec<T> {
  readonly save: (value: T) => Json
  /** @throws {InputError} `snapshot.malformed` naming the place. */
  readonly load: (json: unknown, place: string) => T
}

/** Throws: what was expected of a place, what stands there. */
export function refuse(place: string, expected: string, json: unknown): never {
  throw new InputError('snapshot.malformed', `${place}: expected ${expected}, got ${showJson(json)}`, {
    details: { place, expected },
  })
}

/** Text of any kind. */
export const text: Codec<string> = {
  save: (value) => value,
  load: (json, place) => (typeof json === 'string' ? json : refuse(place, 'text', json)),
}

/** A whole number that a JS number carries exactly: counts and times. */
export const whole: Codec<number> = {
  save: (value) => value,
  load: (json, place) =>
    typeof json === 'number' && Number.isSafeInteger(json) ? json : refuse(place, 'a whole number', json),
}

/** True or false. */
export const flag: Codec<boolean> = {
  save: (value) => value,
  load: (json, place) => (typeof json === 'boolean' ? json : refuse(place, 'true or false', json)),
}

function exact<T>(format: (value: T) => string, parse: (text: string) => T): Codec<T> {
  return {
    save: format,
    load(json, place) {
      try {
        return parse(text.load(json, place))
      } catch (error) {
        if (!(error instanceof InputError) || error.code === 'snapshot.malformed') throw error
        return refuse(place, 'a plain decimal as text', json)
      }
    },
  }
}

/** As decimal text. */
export const price: Codec<Price> = exact(formatPrice, parsePrice)
/** As decimal text. */
export const quantity: Codec<Quantity> = exact(formatQuantity, parseQuantity)
/** As decimal text. */
export const money: Codec<Money> = exact(formatMoney, parseMoney)
/** As decimal text. */
export const percent: Codec<Percent> = exact(formatPercent, parsePercent)

/** One of a few words. */
export function word<Word extends string>(...words: readonly Word[]): Codec<Word> {
  return {
    save: (value) => value,
    load: (json, place) => words.find((known) => known === json) ?? refuse(place, words.join(', '), json),
  }
}

/** Something, or null. */
export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return {
    save: (value) => (value === null ? null : codec.save(value)),
    load: (json, place) => (json === null ? null : codec.load(json, place)),
  }
}

/** A list of one kind. */
export function list<T>(codec: Codec<T>): Codec<T[]> {
  return {
    save: (values) => values.map((value) => codec.save(value)),
    load(json, place) {
      if (!Array.isArray(json)) return refuse(place, 'a list', json)
      return json.map((entry: unknown, index) => codec.load(entry, `${place}.${index}`))
    },
  }
}

/** Values by name, in the order in which they were added. */
export function byName<T>(codec: Codec<T>): Codec<Record<string, T>> {
  return {
    save: (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, codec.save(value)])),
    load(json, place) {
      if (!isRecord(json)) return refuse(place, 'an object', json)
      return Object.fromEntries(
        Object.entries(json).map(([name, value]) => [name, codec.load(value, `${place}.${name}`)]),
      )
    },
  }
}

/** A map as a list of pairs, so that its order survives. */
export function pairs<T>(codec: Codec<T>): Codec<Map<string, T>> {
  return {
    save: (map) => [...map].map(([key, value]) => [key, codec.save(value)]),
    load(json, place) {
      if (!Array.isArray(json)) return refuse(place, 'a list of pairs', json)
      return new Map(
        json.map((pair: unknown, index) => {
          if (!Array.isArray(pair) || pair.length !== 2)
            return refuse(`${place}.${index}`, 'a pair of key and value', pair)
          const key = text.load(pair[0], `${place}.${index}`)
          return [key, codec.load(pair[1], `${place}.${key}`)]
        }),
      )
    },
  }
}
