import { expectTypeOf, test } from 'vitest'
import type { StoredOptions } from './option.js'
import type {
  ACCOUNT_OPTIONS,
  FILE_OPTIONS,
  SYMBOL_OPTIONS,
  SymbolOptions,
  SymbolOptionsInput,
} from './option-table.js'
import type { AccountLimits, TranchebookConfig } from './symbol-config.js'

test('the table has the options of a symbol, with their types, and no other', () => {
  expectTypeOf<StoredOptions<typeof SYMBOL_OPTIONS>>().toEqualTypeOf<{
    readonly [Name in keyof SymbolOptions]: SymbolOptions[Name]
  }>()
  expectTypeOf<keyof typeof SYMBOL_OPTIONS>().toEqualTypeOf<keyof SymbolOptions>()
})

test('the account table has the limits of an account', () => {
  expectTypeOf<StoredOptions<typeof ACCOUNT_OPTIONS>>().toEqualTypeOf<{
    readonly [Name in keyof AccountLimits]: AccountLimits[Name]
  }>()
})

test('the top of a file has what stands at the top of a configuration', () => {
  expectTypeOf<StoredOptions<typeof FILE_OPTIONS>>().toEqualTypeOf<{
    readonly positionMode: TranchebookConfig['positionMode']
    readonly account: TranchebookConfig['account']
  }>()
})

test('options may be written as numbers, text, or null where the table says so', () => {
  expectTypeOf<SymbolOptionsInput['tpPercent']>().toEqualTypeOf<number | string | null | undefined>()
  expectTypeOf<SymbolOptionsInput['takeProfitPercent']>().toEqualTypeOf<number | string | null | undefined>()
  expectTypeOf<SymbolOptionsInput['maxTranches']>().toEqualTypeOf<number | string | undefined>()
  expectTypeOf<SymbolOptionsInput['enableTrancheManagement']>().toEqualTypeOf<boolean | undefined>()
})
