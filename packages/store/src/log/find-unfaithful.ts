/** A value that JSON would not give back as it was. */
export interface Unfaithful {
  /** Such as `.trade.fees[2]`; empty for the whole. */
  readonly path: string
  /** What it is, in words. */
  readonly what: string
}

/** Deeper than any event, and soon enough to stop in one that contains itself. */
const MAX_DEPTH = 100

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  // Objects of another realm have another `Object.prototype`; nothing is above that one either.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

const within = (place: string, { path, what }: Unfaithful): Unfaithful => ({ path: `${place}${path}`, what })

function inArray(values: readonly unknown[], depth: number): Unfaithful | null {
  for (let index = 0; index < values.length; index += 1) {
    const found = findUnfaithful(values[index], depth + 1)
    if (found !== null) return within(`[${index}]`, found)
  }
  return null
}

function inObject(value: object, depth: number): Unfaithful | null {
  if (depth > MAX_DEPTH) return { path: '', what: `more than ${MAX_DEPTH} levels` }
  if (Array.isArray(value)) return inArray(value, depth)
  if (!isPlain(value)) return { path: '', what: 'an object of a class' }
  for (const key in value) {
    const property = value[key]
    if (property === undefined || typeof property === 'string') continue
    const found = findUnfaithful(property, depth + 1)
    if (found !== null) return within(IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`, found)
  }
  return null
}

/**
 * The first value that JSON would change or leave out: a number that is not finite, a bigint, a function, a symbol, a gap or
 * `undefined` in a list, an object of a class. An `undefined` property counts as one that is not there, and -0 as 0.
 * Walks once; a replacer of `JSON.stringify` would cost ten times as much.
 */
export function findUnfaithful(value: unknown, depth = 0): Unfaithful | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) ? null : { path: '', what: String(value) }
    case 'object':
      return value === null ? null : inObject(value, depth)
    case 'undefined':
      return { path: '', what: 'undefined' }
    default:
      return { path: '', what: `a ${typeof value}` }
  }
}
