import { configSchema, DEFAULT_CONFIG, formatConfig, SYMBOL_OPTION_GROUPS } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { changedOptions, settingWords } from './changed-options.js'
import { fieldSchema } from './field-schema.js'
import { previewTranche } from './preview-tranche.js'

const OPTIONS = formatConfig(DEFAULT_CONFIG)
const DEFINITIONS = configSchema()['$defs'] as { readonly symbolOptions: Readonly<Record<string, unknown>> }

describe('fields of the settings', () => {
  const names = SYMBOL_OPTION_GROUPS.flatMap(({ options }) => Object.keys(options))

  it.each(names)('%s is edited in a field of its own kind and says what it means', (name) => {
    const { kind, meaning } = fieldSchema(DEFINITIONS.symbolOptions, name)
    const value = OPTIONS[name] ?? null
    const fits = {
      switch: typeof value === 'boolean',
      levels: Array.isArray(value),
      choice: kind.type === 'choice' && kind.choices.includes(value as string | null),
      number: value === null || /^-?\d+(\.\d+)?$/.test(JSON.stringify(value).replaceAll('"', '')),
      text: typeof value === 'string',
    }
    expect(fits[kind.type]).toBe(true)
    expect(meaning.length).toBeGreaterThan(10)
  })

  it('know their unit, and what none means', () => {
    expect(fieldSchema(DEFINITIONS.symbolOptions, 'tpPercent')).toMatchObject({ unit: '%' })
    expect(fieldSchema(DEFINITIONS.symbolOptions, 'maxIsolatedTranches')).toMatchObject({ kind: { canBeNone: true } })
  })
})

describe('differences', () => {
  it('are told only where something differs', () => {
    expect(changedOptions(OPTIONS, { ...OPTIONS })).toEqual([])
    expect(changedOptions(OPTIONS, { ...OPTIONS, maxTranches: 7 })).toEqual([
      { option: 'maxTranches', before: OPTIONS['maxTranches'], after: 7 },
    ])
  })

  it('are told in words', () => {
    expect(settingWords(null)).toBe('none')
    expect(settingWords(false)).toBe('no')
    expect(settingWords([{ profitPercent: '3', closePercent: '40' }])).toBe('40 % at 3 %')
  })
})

describe('the next tranche under some settings', () => {
  const scaled = { ...OPTIONS, enableScaledTakeProfit: true, slPercent: '2' }

  it('has its levels and its stop at exact prices', () => {
    // 50 000 × 1.03 = 51 500, × 1.05 = 52 500, × 1.08 = 54 000; stop 50 000 × 0.98 = 49 000
    const tranche = previewTranche(scaled, { entryPrice: '50000', side: 'LONG', name: 'after' })
    expect(tranche.targets.map(({ price }) => price)).toEqual(['51500', '52500', '54000'])
    expect(tranche.stopPrice).toBe('49000')
  })

  it('is mirrored for a short', () => {
    const tranche = previewTranche(scaled, { entryPrice: '50000', side: 'SHORT', name: 'after' })
    expect(tranche.targets.map(({ price }) => price)).toEqual(['48500', '47500', '46000'])
    expect(tranche.stopPrice).toBe('51000')
  })

  it('leaves out what cannot be read, as while it is typed', () => {
    const tranche = previewTranche(
      { ...OPTIONS, slPercent: '2.', tpPercent: '' },
      { entryPrice: '50000', side: 'LONG', name: 'x' },
    )
    expect(tranche).toMatchObject({ stopPrice: null, targets: [] })
  })
})
