import { ACCOUNT_OPTIONS, FILE_OPTIONS, SYMBOL_OPTIONS } from './option-table.js'
import { parseDefaults } from './parse-defaults.js'
import type { AccountLimits, SymbolConfig } from './symbol-config.js'

/** What a symbol has when nothing is configured. */
export const DEFAULT_CONFIG: SymbolConfig = { ...parseDefaults(SYMBOL_OPTIONS), scaledTpDisabledReason: null }

/** What an account has when nothing is configured: no limit. */
export const DEFAULT_LIMITS: AccountLimits = parseDefaults(ACCOUNT_OPTIONS)

/** Position mode and account when nothing is configured. */
export const DEFAULT_FILE = parseDefaults(FILE_OPTIONS)
