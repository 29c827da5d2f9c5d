import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { reportCounterexample } from './report-counterexample.js'

const market = {
  symbol: 'BTCUSDT',
  quoteAsset: 'USDT',
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  minNotional: '5',
  startPrice: '50000',
}

it('writes one input a line and the configuration beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterexample-'))
  try {
    const inputs = [
      { type: 'mark', time: 1, symbol: 'BTCUSDT', price: '50000' },
      { type: 'mark', time: 2, symbol: 'BTCUSDT', price: '50001' },
    ] as const
    const config = { positionMode: 'HEDGE', defaults: { closingStrategy: 'FIFO' } } as const
    const files = reportCounterexample(join(folder, 'kept'), { inputs, config })
    const lines = readFileSync(files.inputsFile, 'utf8').split('\n')
    expect(lines.map((line) => (line === '' ? null : (JSON.parse(line) as unknown)))).toEqual([...inputs, null])
    expect(JSON.parse(readFileSync(files.configFile, 'utf8'))).toEqual(config)
    expect(files.command).toBe(`npx tranchebook replay ${files.inputsFile} --config ${files.configFile}`)
    const { symbol, quoteAsset } = market
    const withMarket = reportCounterexample(folder, { inputs, config, market })
    expect(withMarket.command).toBe(
      `npx tranchebook replay ${withMarket.inputsFile} --config ${withMarket.configFile} --instruments ${withMarket.instrumentsFile}`,
    )
    const told: unknown = JSON.parse(readFileSync(withMarket.instrumentsFile ?? '', 'utf8'))
    expect(told).toMatchObject({ symbols: [{ symbol, quoteAsset, filters: [{ tickSize: '0.1' }, {}, {}] }] })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
