import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainOptions, writtenFiles, writtenOptions } from '../../test/config-arbitraries.js'
import { LAW } from '../../test/law-runs.js'
import { ConfigError } from '../errors.js'
import { Decimal } from '../money/decimal.js'
import { changeConfig } from './change-config.js'
import { DEFAULT_CONFIG } from './default-config.js'
import { formatConfig, formatConfigFile } from './format-config.js'
import { OPTION_ALIASES, SYMBOL_OPTIONS } from './option-table.js'
import type { Option } from './option.js'
import { configFor, parseConfig } from './parse-config.js'
import type { ConfigProblem } from './place.js'

const OPTIONS: readonly (readonly [string, Option])[] = Object.entries(SYMBOL_OPTIONS)
const JUDGED = new Set(['enableScaledTakeProfit', 'scaledTpLevels'])

/** The exact value of what was written, by another library than the one under test. */
function meaningOf(option: Option, value: unknown): unknown {
  const isNumber = 'bounds' in option && (typeof value === 'number' || typeof value === 'string')
  return isNumber ? new Decimal(value).toString() : value
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return null
}

describe('parseConfig', () => {
  it('keeps exactly what was written: by the symbol, else by the defaults, else by the table', () => {
    fc.assert(
      fc.property(plainOptions, plainOptions, (defaults, own) => {
        const config = formatConfig(configFor(parseConfig({ defaults, symbols: { BTCUSDT: own } }), 'BTCUSDT'))
        for (const [name, option] of OPTIONS.filter(([known]) => !JUDGED.has(known))) {
          const written = name in own ? own[name] : name in defaults ? defaults[name] : option.default
          expect([name, meaningOf(option, config[name])]).toEqual([name, meaningOf(option, written)])
        }
      }),
      LAW,
    )
  })

  it('does not care which spelling was used', () => {
    const aliasOf = new Map<string, string>(Object.entries(OPTION_ALIASES).map(([alias, name]) => [name, alias]))
    fc.assert(
      fc.property(plainOptions, (options) => {
        const respelled: unknown = Object.fromEntries(
          Object.entries(options).map(([name, value]) => [aliasOf.get(name) ?? name, value]),
        )
        expect(parseConfig({ defaults: respelled })).toEqual(parseConfig({ defaults: options }))
      }),
      LAW,
    )
  })

  it('gives the same configuration again from what it formats, without the warnings about how it was written', () => {
    fc.assert(
      fc.property(writtenFiles, (file) => {
        const config = parseConfig(file)
        const formatted: unknown = JSON.parse(JSON.stringify(formatConfigFile(config)))
        const again = parseConfig(formatted)
        const kept = (warnings: readonly string[]): readonly string[] =>
          warnings.filter((warning) => !/normalized to|never isolates/.test(warning))
        expect({ ...again, warnings: kept(again.warnings) }).toEqual({ ...config, warnings: kept(config.warnings) })
      }),
      LAW,
    )
  })

  it('answers anything at all with a configuration or with a list of problems', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ limits: fc.anything(), defaults: fc.anything(), symbols: fc.dictionary(fc.string(), fc.anything()) }),
      fc.record({ defaults: fc.dictionary(fc.constantFrom(...Object.keys(SYMBOL_OPTIONS)), fc.anything()) }),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const thrown = thrownBy(() => parseConfig(value))
        if (thrown === null) return
        expect(thrown).toBeInstanceOf(ConfigError)
        const { message, details } = thrown as ConfigError
        const problems = details['problems'] as readonly ConfigProblem[]
        expect(problems.length).toBeGreaterThan(0)
        for (const problem of problems) expect(message).toContain(problem.message)
      }),
      LAW,
    )
  })

  it('finds every unknown key', () => {
    const strange = fc.string({ minLength: 1 }).filter((name) => !Object.hasOwn(SYMBOL_OPTIONS, name))
    const place = fc.constantFrom('limits', 'defaults', 'symbols.BTCUSDT')
    fc.assert(
      fc.property(strange, place, fc.jsonValue(), (name, where, value) => {
        fc.pre(!Object.hasOwn(OPTION_ALIASES, name) && name !== 'trancheStrategy' && name !== '__proto__')
        const stray = { [name]: value }
        const file = where.startsWith('symbols') ? { symbols: { BTCUSDT: stray } } : { [where]: stray }
        const thrown = thrownBy(() => parseConfig(file))
        expect(thrown).toMatchObject({ details: { problems: [{ path: `${where}.${name}` }] } })
      }),
      LAW,
    )
  })
})

describe('changeConfig', () => {
  it('gives one configuration from any other by what the first formats', () => {
    fc.assert(
      fc.property(writtenOptions, writtenOptions, (one, other) => {
        const config = changeConfig(DEFAULT_CONFIG, one)
        const wanted = changeConfig(DEFAULT_CONFIG, other)
        expect(changeConfig(config, formatConfig(wanted))).toEqual(wanted)
        expect(changeConfig(config, {})).toEqual(config)
      }),
      LAW,
    )
  })

  it('is what the same options in a file do', () => {
    fc.assert(
      fc.property(writtenOptions, (options) => {
        expect(changeConfig(DEFAULT_CONFIG, options)).toEqual(parseConfig({ defaults: options }).defaults)
      }),
      LAW,
    )
  })
})
