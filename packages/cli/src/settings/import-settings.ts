import { SYMBOL_OPTIONS } from '@tranchebook/core'
import { isObject } from '../read/parse-json.js'
import { type ForeignSetting, type ImportRule, option } from './import-rule.js'
import { GLOBAL_RULES, SYMBOL_RULES } from './import-rules.js'

/** Settings of another program as options of ours. */
export interface ImportedSettings {
  /** A configuration file, as nobody has checked it. */
  readonly file: Readonly<Record<string, unknown>>
  /** What became of which setting, one line each. */
  readonly mapped: readonly string[]
  /** What has no counterpart, with the reason, one line each. */
  readonly unmapped: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

const SAME_NAMES = new Set([...Object.keys(SYMBOL_OPTIONS), 'takeProfitPercent', 'stopLossPercent', 'trancheStrategy'])

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Settings that stand together elsewhere, and where theirs go. */
interface Section {
  /** As people find it in their file. */
  readonly where: string
  readonly rules: Readonly<Record<string, ImportRule>>
  /** Ours lie below. */
  readonly below: readonly string[]
  /** Options of ours that are spelt alike lie there. */
  readonly alikeBelow: readonly string[]
}

/** The rule of its own name, else an option of ours that is spelt alike. */
function ruleOf(name: string, { rules, alikeBelow, below }: Section): ImportRule | null {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (rule !== undefined) return rule
  const alike = camelCase(name)
  if (!SAME_NAMES.has(alike)) return null
  return option([...alikeBelow.slice(below.length), alike].join('.'))
}

/** Sets an option that may lie in an object within the file. */
function put(file: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    file[name] = value
    return
  }
  const inner = isObject(file[name]) ? { ...file[name] } : {}
  put(inner, rest, value)
  file[name] = inner
}

class Importer {
  readonly file: Record<string, unknown> = {}
  readonly mapped: string[] = []
  readonly unmapped: string[] = []

  take(settings: unknown, section: Section): void {
    if (!isObject(settings)) return
    for (const [name, value] of Object.entries(settings)) {
      const from = `${section.where}${name}`
      const rule = ruleOf(name, section)
      if (rule === null) this.unmapped.push(`${from}: not known here`)
      else if (rule.type === 'none') this.unmapped.push(`${from}: ${rule.why}`)
      else
        for (const [path, converted] of Object.entries(convert(rule, { value, around: settings })))
          this.set(from, [...section.below, ...path.split('.')], converted)
    }
  }

  private set(from: string, path: readonly string[], value: unknown): void {
    if (value === undefined) return
    put(this.file, path, value)
    this.mapped.push(`${from} → ${path.join('.')}: ${JSON.stringify(value)}`)
  }
}

function convert(rule: Exclude<ImportRule, { type: 'none' }>, setting: ForeignSetting): Fields {
  return rule.type === 'options' ? rule.convert(setting) : { [rule.option]: rule.convert(setting) }
}

function takeSymbols(importer: Importer, symbols: unknown): void {
  if (!isObject(symbols)) return
  for (const [symbol, settings] of Object.entries(symbols)) {
    const below = ['symbols', symbol]
    put(importer.file, below, {})
    importer.take(settings, { where: `symbols.${symbol}.`, rules: SYMBOL_RULES, below, alikeBelow: below })
  }
}

const SECTIONS = new Set(['global', 'globals', 'symbols', 'api', 'version'])

/** Translates the settings of the liquidation hunters, in TypeScript or in Python: what has a counterpart here, and what has none. */
export function importSettings(settings: Fields): ImportedSettings {
  const importer = new Importer()
  const forAll = { rules: GLOBAL_RULES, below: [], alikeBelow: ['defaults'] }
  importer.take(settings['global'], { ...forAll, where: 'global.' })
  importer.take(settings['globals'], { ...forAll, where: 'globals.' })
  takeSymbols(importer, settings['symbols'])
  const others = Object.fromEntries(Object.entries(settings).filter(([name]) => !SECTIONS.has(name)))
  importer.take(others, { ...forAll, where: '' })
  const { file, mapped, unmapped } = importer
  const keys = isObject(settings['api'])
    ? ['api: keys are not copied: put them into the environment or a secret file']
    : []
  return { file, mapped, unmapped: [...keys, ...unmapped] }
}
