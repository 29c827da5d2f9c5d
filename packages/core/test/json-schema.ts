type Schema = Readonly<Record<string, unknown>>

const ANNOTATIONS = new Set(['$schema', '$defs', 'title', 'description', 'default'])

function typeOf(value: unknown): readonly string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

function asSchema(value: unknown): Schema {
  if (typeof value === 'object' && value !== null) return value as Schema
  throw new TypeError(`expected a schema, got ${String(value)}`)
}

type Keyword = (argument: unknown, value: unknown, at: { readonly schema: Schema; readonly root: Schema }) => boolean

const number =
  (holds: (value: number, bound: number) => boolean): Keyword =>
  (bound, value) =>
    typeof value !== 'number' || holds(value, bound as number)

const entriesOf = (value: unknown): readonly [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (types, value) => typeOf(value).some((type) => [types].flat().includes(type)),
  enum: (values, value) => (values as readonly unknown[]).includes(value),
  pattern: (pattern, value) => typeof value !== 'string' || new RegExp(String(pattern), 'u').test(value),
  minimum: number((value, bound) => value >= bound),
  exclusiveMinimum: number((value, bound) => value > bound),
  maximum: number((value, bound) => value <= bound),
  exclusiveMaximum: number((value, bound) => value < bound),
  maxItems: (most, value) => !Array.isArray(value) || value.length <= (most as number),
  items: (items, value, { root }) =>
    !Array.isArray(value) || value.every((item) => accepts(asSchema(items), item, root)),
  required: (names, value) =>
    (names as readonly string[]).every((name) => entriesOf(value).some(([given]) => given === name)),
  properties: (properties, value, { root }) =>
    entriesOf(value).every(([name, inner]) => {
      const known = asSchema(properties)
      return !Object.hasOwn(known, name) || accepts(asSchema(known[name]), inner, root)
    }),
  propertyNames: (names, value, { root }) => entriesOf(value).every(([name]) => accepts(asSchema(names), name, root)),
  additionalProperties: (others, value, { schema, root }) =>
    entriesOf(value)
      .filter(([name]) => !Object.hasOwn(asSchema(schema['properties'] ?? {}), name))
      .every(([, inner]) => others !== false && accepts(asSchema(others), inner, root)),
  $ref: (reference, value, { root }) => {
    const steps = String(reference).replace('#/', '').split('/')
    return accepts(
      steps.reduce<Schema>((schema, step) => asSchema(schema[step]), root),
      value,
      root,
    )
  },
}

/** Whether a JSON Schema accepts a value. Knows the keywords that ours uses and throws at any other. */
export function accepts(schema: Schema, value: unknown, root: Schema = schema): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    if (ANNOTATIONS.has(keyword)) return true
    const rule = KEYWORDS[keyword]
    if (rule === undefined) throw new TypeError(`unknown keyword "${keyword}"`)
    return rule(argument, value, { schema, root })
  })
}
