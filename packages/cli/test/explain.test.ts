import { describe, expect, it } from 'vitest'
import { example, line, runMain } from './collect.js'

const FILL = { type: 'fill', time: 1000, side: 'BUY', positionSide: 'LONG', quantity: '1', price: '100' }

describe('explain', () => {
  it('tells why a tranche was isolated and what closing it earned', async () => {
    const { exitCode, stdout, stderr } = await runMain(['explain', example('guide-story'), 'T1'])
    expect([exitCode, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^T1 LONG BTCUSDT 0\.01 @ 50 000, opened/)
    expect(lines[1]).toMatch(/isolated @ 47 500 +−5 % at 47 500: a loss of 5 % isolates/)
    expect(lines[2]).toMatch(/closed 0\.01 @ 50 500 +\+5\.00 /)
    // +5 less fees of 0.25 and 0.2525, to the cent.
    expect(lines[3]).toMatch(/net \+4\.50 after 0\.50 fees/)
  })

  it('gives the same as JSON', async () => {
    const { stdout } = await runMain(['explain', example('scaled-take-profit'), 'scaled', '--json'])
    const explained = JSON.parse(stdout) as { schema: string; tranche: string; lines: readonly { what: string }[] }
    expect([explained.schema, explained.tranche]).toEqual(['tranchebook/explain/1', 'T1'])
    expect(explained.lines.map(({ what }) => what).filter((what) => what.startsWith('stop'))).toEqual([
      'stop 49 000 → 50 000',
      'stop 50 000 → 51 500',
      'stop 51 500 → 52 500',
    ])
  })

  it('suggests a name that exists', async () => {
    const { exitCode, stdout, stderr } = await runMain(['explain', example('isolation'), 'T22'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toBe(
      'tranchebook: no tranche is called T22\n  expected one of T1, T2; got T22\n  did you mean T2?\n',
    )
  })

  it('asks which one where several books have it', async () => {
    const text = ['BTCUSDT', 'ETHUSDT'].map((symbol) => line({ ...FILL, symbol })).join('\n')
    const { exitCode, stderr } = await runMain(['explain', '-', 'T1'], text)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('expected one; got T1 of main/BTCUSDT, T1 of main/ETHUSDT')
    expect((await runMain(['explain', '-', 'T1', '--symbol', 'ETHUSDT'], text)).stdout).toContain('T1 LONG ETHUSDT')
    expect((await runMain(['explain', '-', 'T1', '--account', 'other'], text)).stderr).toContain(
      'no book of account other\n  expected one of main; got other',
    )
    expect((await runMain(['explain', '-', 'T1', '--symbol', 'NOPE'], text)).stderr).toContain('no book of symbol NOPE')
  })
})
