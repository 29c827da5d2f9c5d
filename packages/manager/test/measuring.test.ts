import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exposeMetrics, type LogFacts, type Logger } from '../src/index.js'
import { Stage, SYMBOL } from './stage.js'

const TARGETS = { tpPercent: '5', slPercent: '2' }

function silent(): void {
  // Only debug lines are looked at.
}

describe('figures for a scraper', () => {
  it('follow the manager, and each is documented', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    const registry = exposeMetrics(running.manager)
    await stage.enter(running, '0.01')
    const text = await registry.metrics()
    expect(text).toContain('tranchebook_orders_sent_total{account="main"} 3')
    expect(text).toContain('tranchebook_health{account="main",status="live"} 1')
    expect(text).toContain('tranchebook_lease_epoch{account="main"} 1')
    expect(text).toContain('tranchebook_active_tranches{account="main"} 1')
    expect(text).toContain('tranchebook_isolated_tranches{account="main"} 0')
    expect(text).toContain('tranchebook_unprotected_seconds{account="main"} 0')
    expect(text).toContain('tranchebook_unprotected_duration_seconds_count{account="main",symbol="BTCUSDT"} 1')
    expect(await registry.metrics()).toContain('tranchebook_orders_sent_total{account="main"} 3')

    const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8')
    const names = registry.getMetricsAsArray().map(({ name }) => name)
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
    const documented = [...page.matchAll(/^\| `(tranchebook_\w+)`/gm)].map(([, name]) => name)
    expect(new Set(documented)).toEqual(new Set(names))
  })
})

describe('health', () => {
  it('is degraded while prices are silent and something is open, and while their stream is broken', async () => {
    const stage = new Stage(TARGETS)
    const running = await stage.start()
    await stage.clock.advance(130_000)
    expect(running.manager.health.status).toBe('live')
    stage.touch(running)
    await stage.enter(running, '0.01')
    await stage.clock.advance(130_000)
    expect(running.manager.health).toMatchObject({
      status: 'degraded',
      reasons: [{ code: 'priceSilent', symbol: SYMBOL }],
    })
    stage.touch(running)
    await stage.clock.advance(1000)
    expect(running.manager.health.status).toBe('live')

    running.venue.cutMarks()
    expect(running.manager.health.reasons.map(({ code }) => code)).toEqual(['marksGap'])
    running.venue.reconnectMarks()
    expect(running.manager.health.status).toBe('live')
  })
})

describe('the log', () => {
  it('names what caused each event and what it belongs to, so that a fill can be followed to its stop', async () => {
    const lines: LogFacts[] = []
    const logger: Logger = { debug: (facts) => lines.push(facts), info: silent, warn: silent, error: silent }
    const stage = new Stage(TARGETS)
    const running = await stage.start({ logger })
    await stage.enter(running, '0.01')
    const opened = lines.find(({ type }) => type === 'TrancheOpened')
    const stop = lines.find(({ type, order }) => type === 'OrderIntended' && order === stage.sent(running, 'stop')[0])
    expect(opened).toMatchObject({ stream: `main/${SYMBOL}`, tranche: 'T1', causationId: 'fill:1000' })
    expect(stop).toMatchObject({ stream: `main/${SYMBOL}` })
    expect(typeof stop?.['correlationId']).toBe('string')
  })
})
