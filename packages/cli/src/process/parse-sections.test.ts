import { describe, expect, it } from 'vitest'
import { parseSections } from './parse-sections.js'

describe('the sections of a process', () => {
  it('may be absent: Binance, with everything as it is usually', () => {
    expect(parseSections({})).toEqual({ venue: { name: 'binance' }, store: {}, dashboard: {}, findings: [] })
  })

  it('say where secrets are', () => {
    const venue = { name: 'aster', agentKey: { file: 'secrets/agent' }, user: '0x1' }
    const store = { database: { env: 'BOOKS_URL' }, durability: 'strict', allowEmbeddedForLive: true }
    const dashboard = { enabled: false, port: 4000 }
    expect(parseSections({ venue, store, dashboard, defaults: {} })).toEqual({ venue, store, dashboard, findings: [] })
  })

  it.each([
    [{ venue: { apiKey: 'canary' } }, 'venue.apiKey: expected {"env":"NAME"} or {"file":"path"}'],
    [{ venue: { apiKey: { env: 'A', file: 'b' } } }, 'venue.apiKey: expected {"env":"NAME"}'],
    [{ venue: { name: 'kraken' } }, 'venue.name: expected one of binance, aster'],
    [{ venue: { apikey: { env: 'A' } } }, 'venue.apikey: unknown option; did you mean "apiKey"?'],
    [{ venue: 7 }, 'venue: expected an object'],
    [{ store: { durability: 'fsync' } }, 'store.durability: expected one of process, strict'],
    [{ dashboard: { port: 70_000 } }, 'dashboard.port: expected a port up to 65535'],
    [{ dashboard: { enabled: 'yes' } }, 'dashboard.enabled: expected true or false'],
    [{ store: { directory: '' } }, 'store.directory: expected text'],
  ])('refuse %j without repeating a value', (file, finding) => {
    const { findings } = parseSections(file)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toContain(finding)
    expect(findings[0]).not.toContain('canary')
  })
})
