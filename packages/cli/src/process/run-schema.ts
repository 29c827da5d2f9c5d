import type { JsonSchema } from '@tranchebook/core'
import { RUN_SECTIONS, type RunOption, schemaOf } from './run-options.js'

const DESCRIPTIONS: Readonly<Record<keyof typeof RUN_SECTIONS, string>> = {
  venue: 'Of `tranchebook run`: the venue, and where its keys are.',
  store: 'Of `tranchebook run`: where the log is kept.',
  dashboard: 'Of `tranchebook run`: the page.',
}

function sectionSchema(name: keyof typeof RUN_SECTIONS): JsonSchema {
  const rules: Readonly<Record<string, RunOption>> = RUN_SECTIONS[name]
  const options = Object.entries(rules).map(([option, rule]) => [option, schemaOf(rule)])
  return {
    type: 'object',
    description: DESCRIPTIONS[name],
    properties: Object.fromEntries(options),
    additionalProperties: false,
  }
}

/** JSON Schema of a configuration file: that of the books, and the sections of the process that runs them. */
export function runSchema(schema: JsonSchema): JsonSchema {
  const sections = {
    venue: sectionSchema('venue'),
    store: sectionSchema('store'),
    dashboard: sectionSchema('dashboard'),
  }
  const properties: Readonly<Record<string, unknown>> = { ...propertiesOf(schema), ...sections }
  return { ...schema, properties }
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, unknown>> {
  const { properties } = schema
  return typeof properties === 'object' && properties !== null ? { ...properties } : {}
}
