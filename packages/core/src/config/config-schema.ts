import { ACCOUNT_OPTIONS, FILE_OPTIONS, OPTION_ALIASES, STRATEGY_OPTIONS, SYMBOL_OPTIONS } from './option-table.js'
import type { Bounds, NumberOption, Option, OptionTable } from './option.js'
import { SYMBOL_PATTERN } from './options/file-options.js'
import type { KnownNames } from './parse-config.js'
import { STRATEGY } from './refuse-key.js'
import { CLOSING_RULES } from './symbol-config.js'

/** A piece of JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

const DECIMAL = '^-?\\d+(\\.\\d+)?$'
const WHOLE = '^-?\\d+(\\.0+)?$'

function boundsSchema({ min, above, max, below }: Bounds): JsonSchema {
  return {
    ...(min !== undefined && { minimum: min }),
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(max !== undefined && { maximum: max }),
    ...(below !== undefined && { exclusiveMaximum: below }),
  }
}

function numberSchema(option: NumberOption): JsonSchema {
  const isWhole = option.kind === 'whole'
  const types = [isWhole ? 'integer' : 'number', 'string', ...(option.whenNull === undefined ? [] : ['null'])]
  return { type: types, ...boundsSchema(option.bounds), pattern: isWhole ? WHOLE : DECIMAL }
}

function levelsSchema(maxLevels: number): JsonSchema {
  const number = { type: ['number', 'string'], pattern: DECIMAL }
  const properties = {
    profitPercent: { ...number, description: 'Profit at which the level is reached, in percent of the entry price.' },
    closePercent: { ...number, description: 'Share of the original quantity that the level closes, in percent.' },
  }
  const level = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
  return { type: 'array', maxItems: maxLevels, items: level }
}

function valueSchema(option: Option, closingRules: readonly string[]): JsonSchema {
  switch (option.kind) {
    case 'switch':
      return { type: 'boolean' }
    case 'choice':
      return { enum: [...option.choices, ...(option.whenNull === undefined ? [] : [null])] }
    case 'closingRule':
      return { enum: [...CLOSING_RULES, ...closingRules] }
    case 'name':
      return { type: 'string', pattern: option.pattern }
    case 'levels':
      return levelsSchema(option.maxLevels)
    default:
      return numberSchema(option)
  }
}

function description(option: Option): string {
  const unit = 'unit' in option ? ` Unit: ${option.unit}.` : ''
  const none = option.whenNull === undefined ? '' : ` null: ${option.whenNull}.`
  return `${option.meaning}${unit}${none}`
}

function optionSchema(option: Option, closingRules: readonly string[]): JsonSchema {
  return { description: description(option), ...valueSchema(option, closingRules), default: option.default }
}

function propertiesOf(table: OptionTable, closingRules: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(table).map(([name, option]) => [name, optionSchema(option, closingRules)]))
}

function closed(properties: JsonSchema, text: string): JsonSchema {
  return { type: 'object', description: text, properties, additionalProperties: false }
}

function symbolSchema(closingRules: readonly string[]): JsonSchema {
  const aliases = Object.entries(OPTION_ALIASES).map(([alias, name]): [string, JsonSchema] => [
    alias,
    { description: `Another spelling of ${name}.`, ...valueSchema(SYMBOL_OPTIONS[name], closingRules) },
  ])
  const strategy = closed(propertiesOf(STRATEGY_OPTIONS, closingRules), 'Another place for these three options.')
  const spellings: JsonSchema = Object.fromEntries(aliases)
  const properties = { ...propertiesOf(SYMBOL_OPTIONS, closingRules), ...spellings, [STRATEGY]: strategy }
  return closed(properties, 'Options of a symbol.')
}

/**
 * JSON Schema (2020-12) of a configuration file, for editors and forms. It accepts every valid file; bounds of numbers that
 * are written as text, and options that contradict each other, only `parseConfig` finds.
 */
export function configSchema(known: KnownNames = {}): JsonSchema {
  const closingRules = known.closingRules ?? []
  const reference = { $ref: '#/$defs/symbolOptions' }
  const properties = {
    $schema: { type: 'string', description: 'Where this schema is, for editors.' },
    ...propertiesOf(FILE_OPTIONS, closingRules),
    limits: closed(propertiesOf(ACCOUNT_OPTIONS, closingRules), 'Limits over all symbols of the account.'),
    defaults: { ...reference, description: 'Options of every symbol that does not say otherwise.' },
    symbols: {
      type: 'object',
      description: 'Options of single symbols, over the defaults.',
      propertyNames: { pattern: SYMBOL_PATTERN },
      additionalProperties: reference,
    },
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Tranchebook configuration',
    ...closed(properties, 'One account: its position mode, its limits, and the options of its symbols.'),
    $defs: { symbolOptions: symbolSchema(closingRules) },
  }
}
