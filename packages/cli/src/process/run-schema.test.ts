import { readFileSync } from 'node:fs'
import { configSchema } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { RUN_SECTIONS } from './run-options.js'
import { runSchema } from './run-schema.js'

const read = (name: string): string => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')

describe('docs (if these fail: npx tsx scripts/write-config-docs.js)', () => {
  it('config.schema.json is the schema of books and process', () => {
    expect(JSON.parse(read('config.schema.json'))).toEqual(runSchema(configSchema()))
  })

  it.each(Object.entries(RUN_SECTIONS))('running.md explains the section %s', (name, options) => {
    const page = read('running.md').replaceAll(/ +/g, ' ')
    for (const [option, { description }] of Object.entries(options))
      expect(page).toContain(`| \`${name}.${option}\` | ${description} |`)
  })
})
