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

  it('a server that does not write through to its disk may not', () => {
    expect(() => {
      assertFitForLive({ kind: 'postgres', unsafeSettings: ['fsync', 'full_page_writes'] })
    }).toThrow(/the server has fsync and full_page_writes switched off, .*: switch them on/)
  })

  it('an embedded store that is allowed is not asked about a server', () => {
    expect(() => {
      assertFitForLive({ kind: 'pglite', unsafeSettings: ['fsync'] }, { allowEmbeddedForLive: true })
    }).not.toThrow()
  })
})
