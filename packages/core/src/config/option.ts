import type { Money } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import type { Quantity } from '../money/quantity.js'
import type { ScaledLevel } from './symbol-config.js'

/** How a number is kept: a JS number (`whole`, `ratio`) or an exact amount. */
export type NumberKind = 'whole' | 'ratio' | 'percent' | 'money' | 'quantity'

/** Whole numbers that a value is held against; `min` and `max` are included, `above` and `below` are not. */
export interface Bounds {
  readonly min?: number
  readonly above?: number
  readonly max?: number
  readonly below?: number
}

interface OptionBase {
  /** One sentence for messages, the schema and the documentation. */
  readonly meaning: string
  /** Makes `null` a value and says what it stands for. */
  readonly whenNull?: string
}

/** On or off. */
export interface SwitchOption extends OptionBase {
  readonly kind: 'switch'
  readonly default: boolean
}

/** One of a few names. */
export interface ChoiceOption extends OptionBase {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly default: string | null
}

/** A closing rule: built in, or registered by name. */
export interface ClosingRuleOption extends OptionBase {
  readonly kind: 'closingRule'
  readonly default: string
}

/** A free name of limited letters. */
export interface NameOption extends OptionBase {
  readonly kind: 'name'
  /** Source of a regular expression for the whole text, and the same in words. */
  readonly pattern: string
  readonly letters: string
  readonly default: string
}

/** A number with bounds; the default is written as a user would write it. */
export interface NumberOption extends OptionBase {
  readonly kind: NumberKind
  readonly unit: string
  readonly bounds: Bounds
  readonly default: number | string | null
}

/** A level of scaled take profit as a configuration writes it. */
export interface LevelInput {
  readonly profitPercent: number | string
  readonly closePercent: number | string
}

/** The list of scaled take profit. */
export interface LevelsOption extends OptionBase {
  readonly kind: 'levels'
  readonly unit: string
  readonly maxLevels: number
  readonly default: readonly LevelInput[]
}

/** One row of the option table. */
export type Option = SwitchOption | ChoiceOption | ClosingRuleOption | NameOption | NumberOption | LevelsOption

/** Options by name. */
export type OptionTable = Readonly<Record<string, Option>>

/** Options of one theme. */
export interface OptionGroup {
  readonly title: string
  readonly options: OptionTable
}

/** What an option becomes once parsed. */
export type StoredValue = boolean | number | string | bigint | null | readonly ScaledLevel[]

/** What an option looks like in plain JSON. */
export type OptionJson = boolean | number | string | null | readonly LevelInput[]

interface StoredNumbers {
  readonly whole: number
  readonly ratio: number
  readonly percent: Percent
  readonly money: Money
  readonly quantity: Quantity
}

type Nullable<Row, Value> = Row extends { readonly whenNull: string } ? Value | null : Value

type Stored<Row> = Row extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Row extends { readonly kind: infer Kind extends NumberKind }
    ? StoredNumbers[Kind]
    : Row extends { readonly kind: 'switch' }
      ? boolean
      : Row extends { readonly kind: 'levels' }
        ? readonly ScaledLevel[]
        : string

type Written<Row> = Row extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Row extends { readonly kind: NumberKind }
    ? number | string
    : Row extends { readonly kind: 'switch' }
      ? boolean
      : Row extends { readonly kind: 'levels' }
        ? readonly LevelInput[]
        : string

/** The parsed type of every option of a table. */
export type StoredOptions<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Nullable<Table[Name], Stored<Table[Name]>>
}

/** What may be written for the options of a table. */
export type WrittenOptions<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: Nullable<Table[Name], Written<Table[Name]>>
}
