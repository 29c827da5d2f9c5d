import type { SettingsView } from '../../src/api/index.js'

/** A value of a setting in plain JSON. */
export type SettingValue = SettingsView['options'][string]

/** What kind of field an option is edited in. */
export type FieldKind =
  | { readonly type: 'switch' }
  | { readonly type: 'choice'; readonly choices: readonly (string | null)[] }
  | { readonly type: 'levels' }
  | { readonly type: 'number'; readonly isWhole: boolean; readonly canBeNone: boolean }
  | { readonly type: 'text' }

/** One option as a form shows it. */
export interface FieldSchema {
  readonly name: string
  readonly kind: FieldKind
  readonly meaning: string
  /** `%`, `ms`, `quote`, …; `null` = it has none. */
  readonly unit: string | null
  /** What leaving it empty means; `null` = it cannot be empty. */
  readonly none: string | null
}

type Json = Readonly<Record<string, unknown>>

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function kindOf(schema: Json): FieldKind {
  const { type, enum: choices } = schema
  if (Array.isArray(choices)) {
    return { type: 'choice', choices: choices.filter((one) => typeof one === 'string' || one === null) }
  }
  if (type === 'boolean') return { type: 'switch' }
  if (type === 'array') return { type: 'levels' }
  const types = textsOf(type)
  if (types.length === 0) return { type: 'text' }
  return { type: 'number', isWhole: types.includes('integer'), canBeNone: types.includes('null') }
}

const UNIT = / Unit: ([^.]+)\./
const NONE = / null: ([^.]+)\./

/** Reads one option of the schema: its kind, its meaning, its unit. An option that the schema lacks is plain text. */
export function fieldSchema(schema: SettingsView['schema'], name: string): FieldSchema {
  const { properties } = schema
  const found = isJson(properties) ? properties[name] : undefined
  const option = isJson(found) ? found : {}
  const text = typeof option['description'] === 'string' ? option['description'] : ''
  return {
    name,
    kind: kindOf(option),
    meaning: text.replace(UNIT, '').replace(NONE, '').replaceAll('`', ''),
    unit: UNIT.exec(text)?.[1] ?? null,
    none: NONE.exec(text)?.[1]?.replaceAll('`', '') ?? null,
  }
}
