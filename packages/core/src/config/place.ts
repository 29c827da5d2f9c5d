/** What kind of finding stops a configuration. */
export type ConfigProblemCode =
  | 'option.unknown'
  | 'option.misplaced'
  | 'option.type'
  | 'option.range'
  | 'option.choice'
  | 'option.duplicate'
  | 'option.contradiction'

/** One finding: where, of which kind, and what was expected, what came and what to do. */
export interface ConfigProblem {
  readonly path: string
  readonly code: ConfigProblemCode
  readonly message: string
}

/** Where in a configuration we are, and the list that collects what is wrong there. */
export interface Place {
  readonly path: string
  readonly problems: ConfigProblem[]
  /** Closing rules that are known besides the built-in ones. */
  readonly closingRules: readonly string[]
}

/** The place of a key (or of an index) inside another place. */
export function inside(place: Place, key: string | number): Place {
  const step = typeof key === 'number' ? `[${key}]` : place.path === '' ? key : `.${key}`
  return { ...place, path: `${place.path}${step}` }
}

/** Records a problem of this place. Its answer is "no value". */
export function refuse(place: Place, code: ConfigProblemCode, message: string): undefined {
  place.problems.push({ path: place.path, code, message })
  return undefined
}

const SHOWN_LENGTH = 60

/** A value as a message shows it: short, and never the inside of an object. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > SHOWN_LENGTH ? `${JSON.stringify(value.slice(0, SHOWN_LENGTH))}…` : JSON.stringify(value)
    case 'number':
    case 'boolean':
      return String(value)
    case 'undefined':
      return 'nothing'
    case 'bigint':
      return 'a bigint'
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object'
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
  }
}
