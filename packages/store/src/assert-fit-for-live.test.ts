import { describe, expect, it } from 'vitest'
import { assertFitForLive } from './assert-fit-for-live.js'

describe('assertFitForLive', () => {
  it.each([
    ['postgres', false],
    ['postgres', true],
    ['pglite', true],
  ] as const)('%s with allowEmbeddedForLive %s may trade live', (kind, allowEmbeddedForLive) => {
    expect(() => {
      assertFitForLive({ kind }, { allowEmbeddedForLive })
    }).not.toThrow()
  })

  it.each([
    ['memory', true],
    ['pglite', false],
  ] as const)('%s with allowEmbeddedForLive %s may not', (kind, allowEmbeddedForLive) => {
    expect(() => {
      assertFitForLive({ kind }, { allowEmbeddedForLive })
    }).toThrow(/live trading is refused on this store: .* use Postgres/)
  })
})
