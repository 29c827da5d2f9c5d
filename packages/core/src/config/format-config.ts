import { formatPercent } from '../money/percent.js'
import { askedOptions } from './complete-config.js'
import { ACCOUNT_OPTIONS, FILE_OPTIONS, SYMBOL_OPTIONS } from './option-table.js'
import type { Option, OptionJson, OptionTable, StoredValue } from './option.js'
import { formatNumber } from './parse-number.js'
import type { SymbolConfig, TranchebookConfig } from './symbol-config.js'

/** Options in plain JSON, by name; amounts and percentages are decimal strings. */
export type FormattedOptions = Readonly<Record<string, OptionJson>>

/** A whole configuration in plain JSON. */
export interface FormattedConfigFile {
  readonly positionMode: OptionJson
  readonly account: OptionJson
  readonly limits: FormattedOptions
  readonly defaults: FormattedOptions
  readonly symbols: Readonly<Record<string, FormattedOptions>>
}

function formatOption(option: Option, value: StoredValue): OptionJson {
  if (typeof value === 'bigint') return 'bounds' in option ? formatNumber(option.kind, value) : String(value)
  if (typeof value !== 'object' || value === null) return value
  return value.map(({ profitPercent, closePercent }) => ({
    profitPercent: formatPercent(profitPercent),
    closePercent: formatPercent(closePercent),
  }))
}

function formatOptions(table: OptionTable, values: Readonly<Record<string, StoredValue>>): FormattedOptions {
  return Object.fromEntries(
    Object.entries(table).map(([name, option]): [string, OptionJson] => [
      name,
      formatOption(option, values[name] ?? null),
    ]),
  )
}

/** Every option of a resolved configuration as it may be written: parsing it, or changing to it, gives the same configuration. */
export function formatConfig(config: SymbolConfig): FormattedOptions {
  return formatOptions(SYMBOL_OPTIONS, askedOptions(config))
}

/** A whole configuration as a file may hold it, nothing left to defaults. Warnings about what was mended do not come back. */
export function formatConfigFile(config: TranchebookConfig): FormattedConfigFile {
  const { positionMode, account, limits, defaults, symbols } = config
  return {
    positionMode: formatOption(FILE_OPTIONS.positionMode, positionMode),
    account: formatOption(FILE_OPTIONS.account, account),
    limits: formatOptions(ACCOUNT_OPTIONS, { ...limits }),
    defaults: formatConfig(defaults),
    symbols: Object.fromEntries(Object.entries(symbols).map(([symbol, own]) => [symbol, formatConfig(own)])),
  }
}
