import { describe, expect, it } from 'vitest'
import { example, line, runMain, writeFiles } from './collect.js'

const FILL = { type: 'fill', symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', quantity: '1', price: '100' }
const STORY = [
  { ...FILL, time: 1000, tradeId: '1' },
  { ...FILL, time: 2000, tradeId: '2', price: '105' },
  { ...FILL, time: 3000, tradeId: '3', side: 'SELL', price: '110' },
  { type: 'mark', time: 4000, symbol: 'BTCUSDT', price: '110' },
]
  .map(line)
  .join('\n')

interface WhatIf {
  readonly schema: string
  readonly books: readonly {
    readonly isSameTotal: boolean
    readonly attribution: readonly {
      readonly tradeId: string
      readonly base: { readonly realizedPnl: string }
      readonly other: { readonly realizedPnl: string }
    }[]
  }[]
}

describe('what-if', () => {
  it('tells what another closing rule would have moved between tranches, totals the same', async () => {
    const { fifo } = await writeFiles({ fifo: '{"defaults":{"closingStrategy":"FIFO"}}' })
    const { exitCode, stdout, stderr } = await runMain(['what-if', '-', '--against', fifo!, '--json'], STORY)
    expect([exitCode, stderr]).toEqual([0, ''])
    const { schema, books } = JSON.parse(stdout) as WhatIf
    expect(schema).toBe('tranchebook/what-if/1')
    expect(books[0]!.isSameTotal).toBe(true)
    // LIFO closes the entry at 105 for 5, FIFO the one at 100 for 10.
    expect(
      books[0]!.attribution.map(({ tradeId, base, other }) => [tradeId, base.realizedPnl, other.realizedPnl]),
    ).toEqual([
      ['1', '0', '10'],
      ['2', '5', '0'],
    ])
  })

  it('says the same in words', async () => {
    const { fifo } = await writeFiles({ fifo: '{"defaults":{"closingStrategy":"FIFO"}}' })
    const { stdout } = await runMain(['what-if', '-', '--against', fifo!], STORY)
    expect(stdout).toBe(`base: the defaults; other: ${fifo!}

main/BTCUSDT at mark 110
SIDE   RUN     HELD   REALIZED     OPEN
LONG   base       1      +5.00   +10.00
LONG   other      1     +10.00    +5.00
the same total at any mark

moved between tranches only, the same fills:
ENTRY FILL   SIDE   BASE   REALIZED     OPEN   OTHER   REALIZED    OPEN
1            LONG   T1         0.00   +10.00   T1        +10.00    0.00
2            LONG   T2        +5.00     0.00   T2          0.00   +5.00

orders only the base run sends:
  1970-01-01 00:00:04  exit for T1 tb…1-1: SELL 1 (MARKET), because of mark:4000
`)
  })

  it('lists the inputs that were refused, by line, and by which run', async () => {
    const mark = { type: 'mark', symbol: 'BTCUSDT', price: '0' }
    const bad = [STORY, line({ ...mark, time: 5000 }), line({ ...mark, time: 6000 })].join('\n')
    const { fifo } = await writeFiles({ fifo: '{"defaults":{"closingStrategy":"FIFO"}}' })
    const { exitCode, stdout, stderr } = await runMain(['what-if', '-', '--against', fifo!], bad)
    expect(exitCode).toBe(0)
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^refused line 5: .*above 0/) as unknown,
      expect.stringMatching(/^refused line 6: /) as unknown,
    ])
    expect(stdout).toContain('inputs refused: base 2, other 2')
    const json = JSON.parse((await runMain(['what-if', '-', '--against', fifo!, '--json'], bad)).stdout) as unknown
    expect(json).toMatchObject({
      refusedInputs: { base: 2, other: 2 },
      refused: [
        { line: 5, run: 'both' },
        { line: 6, run: 'both' },
      ],
    })
  })

  it('finds no difference between a configuration and itself', async () => {
    const { same } = await writeFiles({ same: '{}' })
    const { stdout } = await runMain(['what-if', example('guide-story'), '--against', same!, '--json'])
    const { books } = JSON.parse(stdout) as WhatIf
    expect(books[0]).toMatchObject({
      attribution: [],
      orders: { onlyBase: [], onlyOther: [] },
      decisions: { onlyBase: [], onlyOther: [] },
      hypothetical: [],
    })
  })

  it('cannot decide an event log anew', async () => {
    const { same } = await writeFiles({ same: '{}' })
    const opened = {
      type: 'BookOpened',
      version: 1,
      time: 1,
      causationId: 'x',
      correlationId: 'x',
      account: 'main',
      symbol: 'BTCUSDT',
      positionMode: 'HEDGE',
    }
    const { exitCode, stdout, stderr } = await runMain(['what-if', '-', '--against', same!], line(opened))
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('stdin is an event log')
  })
})
