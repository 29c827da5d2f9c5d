import type { OptionGroup, OptionTable, WrittenOptions } from './option.js'
import { ACCOUNT_OPTIONS } from './options/account-options.js'
import { CLOSING_OPTIONS } from './options/closing-options.js'
import { ENTRY_OPTIONS } from './options/entry-options.js'
import { FILE_OPTIONS } from './options/file-options.js'
import { ISOLATION_OPTIONS } from './options/isolation-options.js'
import { LIMIT_OPTIONS } from './options/limit-options.js'
import { ORDER_OPTIONS } from './options/order-options.js'
import { PROTECTION_OPTIONS } from './options/protection-options.js'
import { RECONCILIATION_OPTIONS } from './options/reconciliation-options.js'
import { TAKE_PROFIT_OPTIONS } from './options/take-profit-options.js'
import type { SymbolConfig } from './symbol-config.js'

/** What can be asked for: a resolved configuration without the findings about it. */
export type SymbolOptions = Omit<SymbolConfig, 'scaledTpDisabledReason'>

/** Name of an option of a symbol. */
export type OptionName = keyof SymbolOptions

/** Every option of a symbol: defaults, validation, messages, schema and documentation derive from this. */
export const SYMBOL_OPTIONS = {
  ...ENTRY_OPTIONS,
  ...LIMIT_OPTIONS,
  ...ISOLATION_OPTIONS,
  ...CLOSING_OPTIONS,
  ...TAKE_PROFIT_OPTIONS,
  ...PROTECTION_OPTIONS,
  ...RECONCILIATION_OPTIONS,
  ...ORDER_OPTIONS,
} as const satisfies OptionTable & Readonly<Record<OptionName, unknown>>

/** The options of a symbol by theme, for people. */
export const SYMBOL_OPTION_GROUPS = [
  { title: 'Entries', options: ENTRY_OPTIONS },
  { title: 'Limits of a symbol and side', options: LIMIT_OPTIONS },
  { title: 'Isolation and further exits', options: ISOLATION_OPTIONS },
  { title: 'Closing', options: CLOSING_OPTIONS },
  { title: 'Take profit, ladder and trailing', options: TAKE_PROFIT_OPTIONS },
  { title: 'Protection', options: PROTECTION_OPTIONS },
  { title: 'Reconciliation', options: RECONCILIATION_OPTIONS },
  { title: 'Orders and recording', options: ORDER_OPTIONS },
] as const satisfies readonly OptionGroup[]

/** Other spellings of an option. Giving both is an error unless they agree. */
export const OPTION_ALIASES = {
  takeProfitPercent: 'tpPercent',
  stopLossPercent: 'slPercent',
} as const satisfies Readonly<Record<string, OptionName>>

/** Options that may also stand inside `trancheStrategy`. */
export const STRATEGY_OPTIONS = {
  closingStrategy: CLOSING_OPTIONS.closingStrategy,
  slTpStrategy: PROTECTION_OPTIONS.slTpStrategy,
  isolationAction: ISOLATION_OPTIONS.isolationAction,
} as const satisfies OptionTable

/** Keys that hold another table. */
export const SECTIONS = ['limits', 'defaults', 'symbols'] as const

type Written = WrittenOptions<typeof SYMBOL_OPTIONS>

/** Options of a symbol as they may be written: numbers or decimal strings, either spelling. */
export type SymbolOptionsInput = Written & {
  readonly takeProfitPercent?: Exclude<Written['tpPercent'], undefined>
  readonly stopLossPercent?: Exclude<Written['slPercent'], undefined>
  readonly trancheStrategy?: WrittenOptions<typeof STRATEGY_OPTIONS>
}

/** A configuration file as it may be written. */
export type ConfigInput = WrittenOptions<typeof FILE_OPTIONS> & {
  readonly $schema?: string
  readonly limits?: WrittenOptions<typeof ACCOUNT_OPTIONS>
  readonly defaults?: SymbolOptionsInput
  readonly symbols?: Readonly<Record<string, SymbolOptionsInput>>
}

export { ACCOUNT_OPTIONS, FILE_OPTIONS }
