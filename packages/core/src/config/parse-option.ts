import type { ChoiceOption, ClosingRuleOption, NameOption, NumberOption, Option, StoredValue } from './option.js'
import { parseLevels } from './parse-levels.js'
import { expectedNumber, formatNumber, parseNumber } from './parse-number.js'
import { type Place, refuse, shown } from './place.js'
import { didYouMean } from './spelling.js'
import { CLOSING_RULES } from './symbol-config.js'

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

function expectedValue(option: Option): string {
  switch (option.kind) {
    case 'switch':
      return 'true or false'
    case 'choice':
      return `one of ${quoted(option.choices)}`
    case 'closingRule':
      return `one of ${quoted(CLOSING_RULES)}`
    case 'name':
      return option.letters
    case 'levels':
      return `a list of at most ${option.maxLevels} levels { "profitPercent", "closePercent" }`
    default:
      return expectedNumber(option)
  }
}

/** What an option expects, in words, and what `null` would mean. */
function expectedOption(option: Option): string {
  const expected = expectedValue(option)
  return option.whenNull === undefined ? expected : `${expected}, or null (${option.whenNull})`
}

function adviceFor(option: Option, value: unknown): string {
  if (value === null || value === undefined) return 'leave the key out to use the default'
  if (option.kind === 'switch') return 'write true or false without quotes'
  return option.kind === 'levels' ? 'write the levels between [ and ]' : 'write a name in quotes'
}

function refuseType(option: Option, value: unknown, place: Place): undefined {
  const found = `expected ${expectedOption(option)}, got ${shown(value)}`
  return refuse(place, 'option.type', `${found}; ${adviceFor(option, value)}`)
}

function parseChoice(option: ChoiceOption | ClosingRuleOption, value: string, place: Place): string | undefined {
  const names = option.kind === 'choice' ? option.choices : [...CLOSING_RULES, ...place.closingRules]
  if (names.includes(value)) return value
  const otherwise = option.kind === 'choice' ? 'choose one of them' : 'register a rule of your own under its name first'
  const found = `expected ${expectedOption(option)}, got ${shown(value)}`
  return refuse(place, 'option.choice', `${found}; ${didYouMean(value, names, otherwise)}`)
}

function parseName(option: NameOption, value: string, place: Place): string | undefined {
  if (new RegExp(option.pattern).test(value)) return value
  return refuse(place, 'option.type', `expected ${option.letters}, got ${shown(value)}; choose such a name`)
}

function parseAmount(option: NumberOption, value: unknown, place: Place): StoredValue | undefined {
  const units = parseNumber(option, value, place)
  if (units === undefined) return undefined
  return option.kind === 'whole' || option.kind === 'ratio' ? Number(formatNumber(option.kind, units)) : units
}

/** Parses what was written for one option; `undefined` = refused, and the reason is recorded at its place. */
export function parseOption(option: Option, value: unknown, place: Place): StoredValue | undefined {
  if (value === null && option.whenNull !== undefined) return null
  if (value === null || value === undefined) return refuseType(option, value, place)
  switch (option.kind) {
    case 'switch':
      return typeof value === 'boolean' ? value : refuseType(option, value, place)
    case 'choice':
    case 'closingRule':
      return typeof value === 'string' ? parseChoice(option, value, place) : refuseType(option, value, place)
    case 'name':
      return typeof value === 'string' ? parseName(option, value, place) : refuseType(option, value, place)
    case 'levels':
      return Array.isArray(value) ? parseLevels(option, value, place) : refuseType(option, value, place)
    default:
      return parseAmount(option, value, place)
  }
}
