import type { FormattedOptions, JsonSchema } from '@tranchebook/core'

/** Options of one symbol with what a form needs. */
export interface SettingsView {
  readonly account: string
  readonly symbol: string
  /** Version of the book whose configuration this is. */
  readonly version: number
  /** Every option as it stands; amounts and percentages are decimal text. */
  readonly options: FormattedOptions
  /** What they are without any configuration. */
  readonly defaults: FormattedOptions
  /** JSON Schema of one symbol's options: meanings, units, bounds, choices. */
  readonly schema: JsonSchema
  /** The options by theme, in the order of the form. */
  readonly sections: readonly { readonly title: string; readonly options: readonly string[] }[]
  readonly presets: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[]
}

/** A setting that would become another. */
export interface SettingChange {
  readonly option: string
  readonly before: FormattedOptions[string]
  readonly after: FormattedOptions[string]
}

/** A finding about settings that cannot be saved. */
export interface SettingProblem {
  readonly option: string
  readonly message: string
}
