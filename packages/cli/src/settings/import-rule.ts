/** A setting as another program wrote it, and those beside it. */
export interface ForeignSetting {
  readonly value: unknown
  readonly around: Readonly<Record<string, unknown>>
}

/** What becomes of a setting: an option of ours (`null` = it says nothing here), or a reason why there is none. */
export type ImportRule =
  | { readonly type: 'option'; readonly option: string; readonly convert: (setting: ForeignSetting) => unknown }
  | { readonly type: 'options'; readonly convert: (setting: ForeignSetting) => Readonly<Record<string, unknown>> }
  | { readonly type: 'none'; readonly why: string }

/** The same value under our name, or what a function makes of it; `undefined` = it says nothing here. */
export function option(name: string, convert: (setting: ForeignSetting) => unknown = ({ value }) => value): ImportRule {
  return { type: 'option', option: name, convert }
}

/** Several options at once. */
export function options(convert: (setting: ForeignSetting) => Readonly<Record<string, unknown>>): ImportRule {
  return { type: 'options', convert }
}

/** No option, for that reason. */
export function none(why: string): ImportRule {
  return { type: 'none', why }
}
