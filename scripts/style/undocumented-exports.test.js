import { expect, it } from 'vitest'
import { sourceFile } from './source-files.js'
import { undocumentedExports } from './undocumented-exports.js'

const door = sourceFile(
  'packages/core/src/index.ts',
  "export { parsePrice, type Price } from './money/price.js'\nexport type { Quantity } from './money/quantity.js'\n",
)

it('asks for a doc comment on what a door exports', () => {
  const price = sourceFile(
    'packages/core/src/money/price.ts',
    '/** Quote per base. */\nexport type Price = bigint\n\nexport function parsePrice(): Price {}\n\nexport const inner = 1\n',
  )
  const quantity = sourceFile('packages/core/src/money/quantity.ts', 'export type Quantity = bigint\n')
  expect(undocumentedExports([door, price, quantity]).map(({ path, line, what }) => `${path}:${line} ${what}`)).toEqual(
    [
      'packages/core/src/money/price.ts:4 public «parsePrice» without a doc comment',
      'packages/core/src/money/quantity.ts:1 public «Quantity» without a doc comment',
    ],
  )
})

it('accepts doc comments of several lines', () => {
  const quantity = sourceFile(
    'packages/core/src/money/quantity.ts',
    '/**\n * Base units.\n */\nexport interface Quantity {}\n',
  )
  expect(undocumentedExports([door, quantity])).toEqual([])
})
