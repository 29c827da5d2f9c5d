import { describe, expect, it } from 'vitest'
import { rules } from './rules.js'
import { sourceFile } from './source-files.js'

/**
 * @param {string} path
 * @param {string} text
 * @returns {string[]} `line what` of every finding
 */
const findingsOf = (path, text) =>
  rules.flatMap((rule) => rule(sourceFile(path, text))).map(({ line, what }) => `${line} ${what}`)

const MACHINE_PATH = ['', 'home', 'someone', 'data.json'].join('/')
const CORE = 'packages/core/src/money/price.ts'

describe('style rules', () => {
  it.each([
    ['packages/core/src/money/price.ts', []],
    ['packages/core/src/money/price.property.test.ts', []],
    ['packages/core/src/money/price.test-d.ts', []],
    ['packages/core/src/index.ts', []],
    ['packages/core/bench/fold-events.bench.ts', []],
    ['packages/core/src/money/Price.ts', ['1 file name «Price.ts»']],
    ['packages/core/src/money/price.spec.ts', ['1 file name «price.spec.ts»']],
    ['packages/core/src/Money/price.ts', ['1 folder «Money»', '1 unknown room «Money»']],
    ['packages/store/src/event-utils.ts', ['1 file name with «utils»']],
    ['packages/core/src/decide/handle-fill.ts', ['1 file name with «handle»']],
    ['packages/core/src/price.ts', ['1 a file outside every room']],
    ['packages/core/src/orders/order.ts', ['1 unknown room «orders»']],
  ])('judges the place %s', (path, expected) => {
    expect(findingsOf(path, 'export const one = 1\n')).toEqual(expected)
  })

  it.each([
    ['  readonly entryPrice: number', ['1 «entryPrice» is a number']],
    ['  feeRate?: readonly number[]', ['1 «feeRate» is a number']],
    ['const scale = (quantity: number): Quantity => parse(quantity)', ['1 «quantity» is a number']],
    ['  readonly entryPrice: Price', []],
    ['  readonly priceDecimals: number', []],
    ['  readonly fundingTimeMs: number', []],
    [' * price: number of ticks', []],
    ['export enum Side {', ['1 an enum']],
    ['const enum Side {', ['1 an enum']],
    ['// ------ helpers ------', ['1 a divider']],
    [' * ===', ['1 a divider']],
    ["export * from './quantity.js'", ['1 export *']],
    ['export function processFill(): void {}', ['1 exported name «processFill»']],
    ['export const processed = 1', []],
    [`const file = '${MACHINE_PATH}'`, [`1 the path «${MACHINE_PATH}» of one machine`]],
    ["const url = 'https://example.org/home/page'", []],
    ["const advice = 'docs/errors.md says why'", ['1 «docs/errors.md», which installed packages do not hold']],
    ['const advice = `${DOCS_URL}/errors.md says why`', []],
    [' * Format: docs/input-lines.md', []],
  ])('judges the line %s', (text, expected) => {
    expect(findingsOf(CORE, text)).toEqual(expected)
  })

  it('leaves numbers alone in tests and outside the core', () => {
    expect(findingsOf('packages/core/src/money/price.test.ts', 'const price: number = 1')).toEqual([])
    expect(findingsOf('packages/dashboard/src/chart.ts', 'const price: number = 1')).toEqual([])
  })

  it('names the line and what to do instead', () => {
    const [finding] = rules.flatMap((rule) => rule(sourceFile(CORE, 'const one = 1\n\nenum Side {}\n')))
    expect(finding).toEqual({
      line: 3,
      what: 'an enum',
      instead: "use a union of literals: type Side = 'LONG' | 'SHORT'",
    })
  })
})
