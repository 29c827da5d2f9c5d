import { describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { runMain, writeFiles } from './collect.js'

const START = Date.UTC(2026, 0, 5)
const MINUTE_MS = 60_000

/** A fall by 5 % and back, twice. */
const BARS = [
  'openTime,open,high,low,close',
  ...Array.from({ length: 60 }, (_, minute) => {
    const price = 1000 - 50 * Math.abs(Math.sin((minute / 30) * Math.PI))
    const text = price.toFixed(2)
    return [START + minute * MINUTE_MS, text, text, text, text].join(',')
  }),
].join('\n')

const STRATEGY = `export const strategy = {
  name: 'mine',
  async onBar(bar, { manager }) {
    if (bar.openTime === ${START}) await manager.openTranche({ symbol: bar.symbol, side: 'LONG', quantity: '0.5', label: 'mine' })
  },
}
`

describe('tranchebook backtest', () => {
  it('runs a strategy of its own on bars, and writes the log that replay opens', async () => {
    const files = await writeFiles({ 'SOLUSDT-1m.csv': BARS, 'mine.mjs': STRATEGY, 'log.jsonl': '' })
    const args = ['--market', files['SOLUSDT-1m.csv']!, '--strategy', files['mine.mjs']!, '-o', files['log.jsonl']!]
    const { exitCode, stdout } = await runMain(['backtest', ...args, '--json'])
    expect(exitCode).toBe(EXIT.fine)
    const answer = JSON.parse(stdout) as { books: { stateHash: string }[] }
    expect(answer).toMatchObject({ schema: 'tranchebook/backtest/1', bars: 60, unprotectedMs: 0 })
    // Entry at 1 000; its stop at 980 fills behind the gap between two bars, at the open of 979.66: −20.34 × 0.5.
    expect(answer.books[0]).toMatchObject({
      symbol: 'SOLUSDT',
      groups: [{ tranches: [{ label: 'mine', exitPrice: '979.66', realizedPnl: '-10.17', exitReason: 'stop' }] }],
    })
    const replayed = JSON.parse((await runMain(['replay', files['log.jsonl']!, '--json'])).stdout) as typeof answer
    expect(replayed.books[0]!.stateHash).toBe(answer.books[0]!.stateHash)
  })

  it('says in words what came of it, and that books, venue and log agree', async () => {
    const files = await writeFiles({ 'SOLUSDT-1m.csv': BARS })
    const args = ['backtest', '--market', files['SOLUSDT-1m.csv']!, '--move', '1', '--side', 'LONG']
    const { exitCode, stdout, stderr } = await runMain(args)
    expect([exitCode, stderr]).toEqual([EXIT.fine, '60 bars from 2026-01-05 to 2026-01-05\n'])
    expect(stdout).toMatch(/SOLUSDT {3}LONG/)
    expect(stdout).toContain('books, venue and log agree in all 4 figures')
  })

  it.each([
    ['--amount', '-5'],
    ['--amount', '0'],
    ['--wallet', '-5'],
    ['--wallet', 'abc'],
    ['--every', '0'],
    ['--move', '-1'],
    ['--move', 'x'],
  ])('refuses %s %s as a mistake of the command line', async (option, value) => {
    const files = await writeFiles({ 'SOLUSDT-1m.csv': BARS })
    const { exitCode, stdout, stderr } = await runMain([
      'backtest',
      '--market',
      files['SOLUSDT-1m.csv']!,
      option,
      value,
    ])
    expect([exitCode, stdout]).toEqual([EXIT.usage, ''])
    expect(stderr).toContain(`; got ${value}`)
  })

  it('refuses what it cannot play, in three lines', async () => {
    const files = await writeFiles({ 'SOLUSDT-1m.csv': BARS, 'bad.csv': 'time,price\n1,2', 'none.mjs': 'export {}' })
    const market = ['backtest', '--market', files['SOLUSDT-1m.csv']!]
    for (const [args, what] of [
      [['backtest', '--market', files['bad.csv']!, '--symbol', 'SOLUSDT'], 'holds no bars'],
      [[...market, '--strategy', files['none.mjs']!], 'holds no strategy'],
      [[...market, '--from', '2030-01-01'], 'cannot be played'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runMain(args)
      expect([exitCode, stdout]).toEqual([EXIT.badInput, ''])
      expect(stderr).toContain(what)
      expect(stderr.trimEnd().split('\n')).toHaveLength(3)
    }
  })
})
