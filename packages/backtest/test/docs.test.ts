import { readFileSync } from 'node:fs'
import { parseConfig, parsePrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { backtest, rulesForBars } from '../src/index.js'
import { strategy } from './falling-bars.js'

const page = readFileSync(new URL('../../../docs/backtest.md', import.meta.url), 'utf8')
const code = readFileSync(new URL('falling-bars.ts', import.meta.url), 'utf8')

describe('docs/backtest.md', () => {
  it('shows a strategy that runs', async () => {
    expect(page).toContain(code)
    const [open, close] = [parsePrice('100'), parsePrice('98')]
    const bars = [{ symbol: 'SOLUSDT', openTime: 0, durationMs: 60_000, open, high: open, low: close, close }]
    const config = parseConfig({ symbols: { SOLUSDT: {} } })
    const markets = [{ rules: rulesForBars('SOLUSDT', bars), bars }]
    const { books } = await backtest({ markets, config, strategy })
    expect(books[0]!.book.groups.LONG.tranches).toHaveLength(1)
  })
})
