import { asPercent } from '../money/percent.js'
import type { LevelsOption, NumberOption } from './option.js'
import { parseNumber } from './parse-number.js'
import { inside, type Place, refuse, shown } from './place.js'
import { isPlainObject } from './plain-object.js'
import { didYouMean } from './spelling.js'
import type { ScaledLevel } from './symbol-config.js'

/** Bounds are judged later: a bad level switches scaled take profit off, it does not stop the configuration. */
const LEVEL_NUMBER = {
  kind: 'percent',
  unit: '%',
  bounds: {},
  default: null,
  meaning: 'A percentage of a level.',
} as const satisfies NumberOption

const LEVEL_KEYS: readonly string[] = ['profitPercent', 'closePercent']

function refuseUnknownKeys(level: Readonly<Record<string, unknown>>, place: Place): void {
  for (const key of Object.keys(level)) {
    if (LEVEL_KEYS.includes(key)) continue
    const advice = didYouMean(key, LEVEL_KEYS, 'a level has "profitPercent" and "closePercent" only')
    refuse(inside(place, key), 'option.unknown', `unknown key of a level; ${advice}`)
  }
}

function parseLevel(value: unknown, place: Place): ScaledLevel | undefined {
  if (!isPlainObject(value)) {
    const expected = 'expected a level { "profitPercent", "closePercent" }'
    return refuse(place, 'option.type', `${expected}, got ${shown(value)}; write an object with both`)
  }
  refuseUnknownKeys(value, place)
  const profit = parseNumber(LEVEL_NUMBER, value['profitPercent'], inside(place, 'profitPercent'))
  const close = parseNumber(LEVEL_NUMBER, value['closePercent'], inside(place, 'closePercent'))
  if (profit === undefined || close === undefined) return undefined
  return { profitPercent: asPercent(profit), closePercent: asPercent(close) }
}

/** Parses the levels of scaled take profit, each with the place of its index. */
export function parseLevels(
  option: LevelsOption,
  value: readonly unknown[],
  place: Place,
): readonly ScaledLevel[] | undefined {
  if (value.length > option.maxLevels) {
    const found = `expected at most ${option.maxLevels} levels, got ${value.length}`
    return refuse(place, 'option.range', `${found}; join some of them`)
  }
  const levels = Array.from(value, (level, index) => parseLevel(level, inside(place, index)))
  const whole = levels.filter((level) => level !== undefined)
  return whole.length === levels.length ? whole : undefined
}
