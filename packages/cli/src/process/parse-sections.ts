import { closestName } from '@tranchebook/core'
import { isObject } from '../read/parse-json.js'
import type { DashboardSection, StoreSection, VenueSection } from './run-config.js'
import { RUN_SECTIONS, type RunOption, type RunValue } from './run-options.js'

/** The sections of the process, and what is wrong in them, one line each. */
export interface Sections {
  readonly venue: VenueSection
  readonly store: StoreSection
  readonly dashboard: DashboardSection
  readonly findings: readonly string[]
}

const MOST_PORT = 65_535

function isSecretPlace(value: unknown): boolean {
  if (!isObject(value)) return false
  const [[name, place] = [], ...more] = Object.entries(value)
  return more.length === 0 && (name === 'env' || name === 'file') && typeof place === 'string' && place !== ''
}

/** What was expected; `null` = it came. */
function missed(rule: RunValue, value: unknown): string | null {
  switch (rule.type) {
    case 'choice':
      return rule.of.some((one) => one === value) ? null : `one of ${rule.of.join(', ')}`
    case 'text':
      return typeof value === 'string' && value !== '' ? null : 'text'
    case 'flag':
      return typeof value === 'boolean' ? null : 'true or false'
    case 'port':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_PORT
        ? null
        : `a port up to ${MOST_PORT}`
    case 'secret':
      return isSecretPlace(value) ? null : '{"env":"NAME"} or {"file":"path"}: secrets do not stand in a configuration'
    default:
      return rule satisfies never
  }
}

function checkSection(name: string, section: unknown, options: Readonly<Record<string, RunOption>>): readonly string[] {
  if (section === undefined) return []
  if (!isObject(section)) return [`${name}: expected an object { … }`]
  return Object.entries(section).flatMap(([option, value]) => {
    const rule = Object.hasOwn(options, option) ? options[option] : undefined
    if (rule === undefined) {
      const closest = closestName(option, Object.keys(options))
      return [`${name}.${option}: unknown option${closest === null ? '' : `; did you mean "${closest}"?`}`]
    }
    const expected = missed(rule.value, value)
    return expected === null ? [] : [`${name}.${option}: expected ${expected}`]
  })
}

/** Reads the sections of the process from a configuration that may hold others. Values are not repeated: they may be secrets. */
export function parseSections(file: Readonly<Record<string, unknown>>): Sections {
  const findings = Object.entries(RUN_SECTIONS).flatMap(([name, options]) => checkSection(name, file[name], options))
  const { venue = { name: 'binance' }, store = {}, dashboard = {} } = file
  return {
    venue: { name: 'binance', ...(venue as Partial<VenueSection>) },
    store: store as StoreSection,
    dashboard: dashboard as DashboardSection,
    findings,
  }
}
