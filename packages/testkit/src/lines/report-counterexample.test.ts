import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { reportCounterexample } from './report-counterexample.js'

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
    expect(files.command).toBe(`tranchebook replay ${files.inputsFile} --config ${files.configFile} --json`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
