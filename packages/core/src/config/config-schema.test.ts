import { describe, expect, it } from 'vitest'
import { accepts } from '../../test/json-schema.js'
import { configSchema, type JsonSchema } from './config-schema.js'
import { ACCOUNT_OPTIONS, FILE_OPTIONS, OPTION_ALIASES, SYMBOL_OPTIONS } from './option-table.js'
import type { Option } from './option.js'

const schema = configSchema()

function inside(part: JsonSchema, ...steps: readonly string[]): JsonSchema {
  return steps.reduce((outer, step) => outer[step] as JsonSchema, part)
}

const ofSymbol = inside(schema, '$defs', 'symbolOptions', 'properties')
const ofAccount = inside(schema, 'properties', 'limits', 'properties')

describe('configSchema', () => {
  it('has the keys of the table, the other spellings, and no other', () => {
    const spellings = [...Object.keys(OPTION_ALIASES), 'trancheStrategy']

    expect(Object.keys(ofSymbol)).toEqual([...Object.keys(SYMBOL_OPTIONS), ...spellings])
    expect(Object.keys(ofAccount)).toEqual(Object.keys(ACCOUNT_OPTIONS))
    expect(Object.keys(inside(schema, 'properties'))).toEqual([
      '$schema',
      ...Object.keys(FILE_OPTIONS),
      'limits',
      'defaults',
      'symbols',
    ])
    expect(inside(schema, '$defs', 'symbolOptions')['additionalProperties']).toBe(false)
    expect(inside(schema, 'properties', 'limits')['additionalProperties']).toBe(false)
    expect(schema['additionalProperties']).toBe(false)
  })

  it.each<[string, Option]>(Object.entries({ ...SYMBOL_OPTIONS, ...ACCOUNT_OPTIONS }))(
    'explains %s and accepts its default',
    (name, option) => {
      const own = { ...ofSymbol, ...ofAccount }[name] as JsonSchema

      expect(own['description']).toContain(option.meaning)
      expect(own['default']).toEqual(option.default)
      expect(accepts(own, option.default, schema)).toBe(true)
      expect(accepts(own, null, schema)).toBe(option.whenNull !== undefined)
    },
  )

  it.each<[unknown, boolean]>([
    [{}, true],
    [{ defaults: { slPercent: null, tpPercent: '5.5', maxTranches: 0 } }, true],
    [{ symbols: { BTCUSDT: { trancheStrategy: { closingStrategy: 'FIFO' } } } }, true],
    [{ defaults: { maxTranche: 3 } }, false],
    [{ defaults: { maxTranches: 2.5 } }, false],
    [{ defaults: { maxTranches: -1 } }, false],
    [{ defaults: { maxTranches: null } }, false],
    [{ defaults: { slPercent: 0 } }, false],
    [{ defaults: { slPercent: 100 } }, false],
    [{ defaults: { slPercent: '2 %' } }, false],
    [{ defaults: { closingStrategy: 'MINE' } }, false],
    [{ defaults: { scaledTpLevels: [{ profitPercent: 3 }] } }, false],
    [{ symbols: { btcusdt: {} } }, false],
    [{ positionMode: 'hedge' }, false],
    [{ account: 'a/b' }, false],
    [[], false],
  ])('of %j says %s', (value, isValid) => {
    expect(accepts(schema, value)).toBe(isValid)
  })

  it('knows closing rules of your own when told', () => {
    expect(accepts(configSchema({ closingRules: ['MINE'] }), { defaults: { closingStrategy: 'MINE' } })).toBe(true)
  })
})
