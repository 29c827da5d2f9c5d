import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writtenFiles, writtenLevels, writtenNumbers } from '../../test/config-arbitraries.js'
import { accepts } from '../../test/json-schema.js'
import { LAW } from '../../test/law-runs.js'
import { configSchema } from './config-schema.js'
import { formatConfigFile } from './format-config.js'
import { parseConfig } from './parse-config.js'

const schema = configSchema()

function isParsed(value: unknown): boolean {
  try {
    parseConfig(value)
    return true
  } catch {
    return false
  }
}

describe('configSchema', () => {
  it('accepts every valid configuration, and what is formatted from it', () => {
    fc.assert(
      fc.property(writtenFiles, (file) => {
        expect(accepts(schema, file)).toBe(true)
        expect(accepts(schema, formatConfigFile(parseConfig(file)))).toBe(true)
      }),
      LAW,
    )
  })

  it('refuses nothing that is parsed: it may know less, never more', () => {
    const number = writtenNumbers({ kind: 'percent', bounds: { min: -200, max: 200 } })
    const value = fc.oneof(
      number,
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      fc.constantFrom('LIFO', 'HOLD'),
      writtenLevels,
    )
    const names = fc.constantFrom(
      'maxTranches',
      'slPercent',
      'closingStrategy',
      'isolationAction',
      'scaledTpLevels',
      'markSampleMs',
    )
    fc.assert(
      fc.property(fc.dictionary(names, value), (defaults) => {
        if (isParsed({ defaults })) expect(accepts(schema, { defaults })).toBe(true)
      }),
      LAW,
    )
  })
})
