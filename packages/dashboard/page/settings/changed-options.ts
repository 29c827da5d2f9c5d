import type { SettingChange, SettingsView } from '../../src/api/index.js'
import type { SettingValue } from './field-schema.js'

/** Options as they stand in a form. */
export type Draft = SettingsView['options']

/** What a form changes, in the order of the options. */
export function changedOptions(before: Draft, after: Draft): readonly SettingChange[] {
  return Object.keys(after).flatMap((option) => {
    const [from = null, to = null] = [before[option], after[option]]
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ option, before: from, after: to }]
  })
}

/** A value of a setting in words. */
export function settingWords(value: SettingValue): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  return value.map(({ profitPercent, closePercent }) => `${closePercent} % at ${profitPercent} %`).join(', ')
}
