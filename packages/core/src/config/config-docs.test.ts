import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { configTables, TABLES_BEGIN, TABLES_END } from '../../test/config-tables.js'
import { configSchema } from './config-schema.js'
import { parseConfig } from './parse-config.js'
import { PRESETS } from './presets.js'

const read = (name: string): string => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')
const page = read('configuration.md')
const samples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text!)

describe('docs (if these fail: npx tsx scripts/write-config-docs.js)', () => {
  it('config.schema.json has the schema of the table, beside the sections of the process', () => {
    const { properties, ...schema } = configSchema()
    const { properties: written, ...rest } = JSON.parse(read('config.schema.json')) as Record<string, unknown>
    expect(rest).toEqual(schema)
    expect(written).toMatchObject(properties as object)
  })

  it('configuration.md has the tables of the table', () => {
    const written = page.split(TABLES_BEGIN)[1]?.split(TABLES_END)[0]
    expect(written?.trim()).toBe(configTables())
  })

  it.each(samples.map((text, index) => [index + 1, text] as const))(
    'sample %d of configuration.md is valid',
    (_index, text) => {
      expect(() => parseConfig(JSON.parse(text))).not.toThrow()
    },
  )

  it.each(Object.entries(PRESETS))('configuration.md shows the preset %s as it is', (name, preset) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``))
    const cells = row?.split('|').map((cell) => cell.trim()).slice(2, -1) // prettier-ignore
    expect(cells).toEqual([
      String(preset.trancheIsolationThreshold),
      String(preset.maxTranches),
      String(preset.maxIsolatedTranches),
      String(preset.allowTrancheWhileIsolated),
    ])
  })
})
