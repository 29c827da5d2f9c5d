import fc from 'fast-check'
import type { Bounds, NumberOption, Option } from '../src/config/option.js'
import {
  ACCOUNT_OPTIONS,
  FILE_OPTIONS,
  type OptionName,
  OPTION_ALIASES,
  STRATEGY_OPTIONS,
  SYMBOL_OPTIONS,
} from '../src/config/option-table.js'
import { NUMBER_KINDS } from '../src/config/parse-number.js'
import { CLOSING_RULES } from '../src/config/symbol-config.js'
import { formatFixed } from '../src/money/fixed-point.js'

type Json = Readonly<Record<string, unknown>>
type AnyArbitrary = fc.Arbitrary<unknown>

const WIDE = 10n ** 12n

function unitsWithin({ min, above, max, below }: Bounds, decimals: number): fc.Arbitrary<bigint> {
  const scale = 10n ** BigInt(decimals)
  const least = min === undefined ? BigInt(above ?? 0) * scale + (above === undefined ? 0n : 1n) : BigInt(min) * scale
  const most =
    max === undefined ? (below === undefined ? WIDE * scale : BigInt(below) * scale - 1n) : BigInt(max) * scale
  return fc.oneof(fc.bigInt(least, most), fc.constantFrom(least, most, least > 0n ? least : 0n))
}

/** Numbers within their bounds, bounds included, as JSON numbers, as text, and as text with zeros behind. */
export function writtenNumbers({ kind, bounds }: Pick<NumberOption, 'kind' | 'bounds'>): fc.Arbitrary<number | string> {
  const { decimals } = NUMBER_KINDS[kind]
  return fc.constantFrom(0, Math.min(2, decimals), decimals).chain((shown) =>
    fc.tuple(unitsWithin(bounds, shown), fc.constantFrom('number', 'text', 'zeros')).map(([units, form]) => {
      const text = formatFixed(units, shown)
      if (form === 'zeros') return text.includes('.') ? `${text}00` : `${text}.0`
      return form === 'number' && shown <= 2 && units <= WIDE ? Number(text) : text
    }),
  )
}

const percent = (min: number, max: number): fc.Arbitrary<number | string> =>
  writtenNumbers({ kind: 'percent', bounds: { min, max } })

/** Levels good and bad: a bad one switches scaled take profit off, it does not stop the configuration. */
export const writtenLevels: fc.Arbitrary<readonly Json[]> = fc.oneof(
  fc.array(fc.record({ profitPercent: percent(-5, 120), closePercent: percent(-5, 120) }), { maxLength: 5 }),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 })
    .chain((profits) =>
      fc.tuple(
        ...profits
          .sort((left, right) => left - right)
          .map((tenths) =>
            fc.record({ profitPercent: fc.constant(formatFixed(BigInt(tenths), 1)), closePercent: percent(1, 90) }),
          ),
      ),
    ),
)

function written(option: Option): AnyArbitrary {
  switch (option.kind) {
    case 'switch':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...option.choices)
    case 'closingRule':
      return fc.constantFrom(...CLOSING_RULES)
    case 'name':
      return fc.constantFrom('main', 'A', 'sub-2', 'desk.7_x')
    case 'levels':
      return writtenLevels
    default:
      return writtenNumbers(option)
  }
}

/** Narrower than their bounds, so that no two of them contradict each other, inherited or not. */
const COMPATIBLE: Readonly<Partial<Record<OptionName, AnyArbitrary>>> = {
  minTrancheSize: fc.option(writtenNumbers({ kind: 'money', bounds: { min: 0, max: 10 } })),
  maxTrancheSize: fc.option(writtenNumbers({ kind: 'money', bounds: { min: 10 } })),
  maxPositionSize: fc.option(writtenNumbers({ kind: 'money', bounds: { min: 10 } })),
  isolationReleasePercent: fc.option(writtenNumbers({ kind: 'percent', bounds: { above: 0, max: 100 } })),
  trancheRecoveryThreshold: percent(0, 100),
  leverage: writtenNumbers({ kind: 'whole', bounds: { min: 6, max: 125 } }),
  isolationLeverage: writtenNumbers({ kind: 'whole', bounds: { min: 1, max: 5 } }),
  trailingStopPercent: writtenNumbers(SYMBOL_OPTIONS.trailingStopPercent),
}

function arbitraryOf([name, option]: [string, Option]): [string, AnyArbitrary] {
  const compatible = new Map<string, AnyArbitrary>(Object.entries(COMPATIBLE)).get(name)
  return [name, compatible ?? (option.whenNull === undefined ? written(option) : fc.option(written(option)))]
}

function someOf(table: Readonly<Record<string, Option>>): fc.Arbitrary<Json> {
  return fc.record(Object.fromEntries(Object.entries(table).map(arbitraryOf)), { requiredKeys: [] })
}

function withoutLoneActivation(options: Json): Json {
  if ('trailingStopPercent' in options) return options
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'trailingActivationPercent'))
}

/** Valid options of a symbol under the names of the table. */
export const plainOptions: fc.Arbitrary<Json> = someOf(SYMBOL_OPTIONS).map(withoutLoneActivation)

function inOtherWords(options: Json): Json {
  const aliasOf = new Map<string, string>(Object.entries(OPTION_ALIASES).map(([alias, name]) => [name, alias]))
  const entries = Object.entries(options)
  const nested = Object.fromEntries(entries.filter(([name]) => name in STRATEGY_OPTIONS))
  const flat = entries.filter(([name]) => !(name in STRATEGY_OPTIONS))
  return {
    ...Object.fromEntries(flat.map(([name, value]) => [aliasOf.get(name) ?? name, value])),
    trancheStrategy: nested,
  }
}

/** Valid options of a symbol, in either spelling. */
export const writtenOptions: fc.Arbitrary<Json> = fc.oneof(plainOptions, plainOptions.map(inOtherWords))

const symbols = fc.constantFrom('BTCUSDT', 'ETHUSDT', '1000PEPEUSDT', 'BTCUSDT_240628', '币安人生USDT')

/** Valid configuration files. */
export const writtenFiles: fc.Arbitrary<Json> = fc
  .tuple(
    someOf(FILE_OPTIONS),
    fc.record(
      {
        limits: someOf(ACCOUNT_OPTIONS),
        defaults: writtenOptions,
        symbols: fc.dictionary(symbols, writtenOptions, { maxKeys: 3 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([top, sections]) => ({ ...top, ...sections }))
