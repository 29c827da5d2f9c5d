import {
  configSchema,
  DEFAULT_CONFIG,
  formatConfig,
  type JsonSchema,
  PRESETS,
  SYMBOL_OPTION_GROUPS,
} from '@tranchebook/core'
import type { SettingsView } from '../api/settings-view.js'
import type { Looking } from './looking.js'

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}

/** JSON Schema of one symbol's options. */
function symbolSchema(closingRules: readonly string[]): JsonSchema {
  const definitions = configSchema({ closingRules })['$defs']
  const options = isSchema(definitions) ? definitions['symbolOptions'] : undefined
  return isSchema(options) ? options : {}
}

/** Options of one symbol with what a form needs. */
export function presentSettings({ fold, config }: Looking, closingRules: readonly string[]): SettingsView {
  const { account, symbol, version } = fold.book
  return {
    account,
    symbol,
    version,
    options: formatConfig(config),
    defaults: formatConfig(DEFAULT_CONFIG),
    schema: symbolSchema(closingRules),
    sections: SYMBOL_OPTION_GROUPS.map(({ title, options }) => ({ title, options: Object.keys(options) })),
    presets: Object.entries(PRESETS).map(([name, options]) => ({ name, options: { ...options } })),
  }
}
