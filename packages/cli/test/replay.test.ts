import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { example, line, runMain, writeFiles } from './collect.js'

interface Report {
  readonly schema: string
  readonly events: number
  readonly books: readonly {
    readonly groups: readonly { readonly realizedPnl: string; readonly tranches: readonly Record<string, unknown>[] }[]
  }[]
}

async function report(args: readonly string[], stdin?: string | Uint8Array): Promise<Report> {
  const { stdout } = await runMain(['replay', ...args, '--json'], stdin)
  return JSON.parse(stdout) as Report
}

const BUY = {
  type: 'fill',
  time: 1000,
  symbol: 'BTCUSDT',
  side: 'BUY',
  positionSide: 'LONG',
  quantity: '1',
  price: '100',
}
const SELL = { ...BUY, time: 9000, side: 'SELL', price: '110' }

describe('an account whose name would make books collide', () => {
  it('is refused where it enters', async () => {
    const fill = { type: 'fill', time: 1, side: 'BUY', positionSide: 'LONG', quantity: '1', price: '5' }
    const text = line({ ...fill, account: 'a/b', symbol: 'BTCUSDT' })
    const { exitCode, stderr } = await runMain(['replay', '-'], text)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('line 1: account: expected a name without /, got "a/b"')
  })
})

describe('replay', () => {
  it('tells the guide story: 9 + 11 + 5 = 25', async () => {
    const { books, schema } = await report([example('guide-story')])
    const [group] = books[0]!.groups
    expect(schema).toBe('tranchebook/replay/1')
    expect(group!.realizedPnl).toBe('25')
    expect(
      group!.tranches.map(({ id, realizedPnl, status, exitPrice }) => [id, realizedPnl, status, exitPrice]),
    ).toEqual([
      ['T1', '5', 'closed', '50500'],
      ['T2', '9', 'closed', '48700'],
      ['T3', '11', 'closed', '49300'],
    ])
  })

  it('closes 0.04 / 0.03 / 0.03 for 60 + 75 + 120 = 255 at 52 550, the stop ending at 52 500', async () => {
    const { books } = await report([example('scaled-take-profit')])
    const tranche = books[0]!.groups[0]!.tranches[0]!
    const reductions = tranche['reductions'] as readonly Record<string, unknown>[]
    expect(reductions.map(({ quantity, realizedPnl }) => [quantity, realizedPnl])).toEqual([
      ['0.04', '60'],
      ['0.03', '75'],
      ['0.03', '120'],
    ])
    expect([tranche['realizedPnl'], tranche['exitPrice']]).toEqual(['255', '52550'])
    const before = await report([example('scaled-take-profit'), '--until', '7'])
    // After the second target the stop stands on the first: 50 000 + 3 %; the mark at the third moves it to 52 500.
    expect(before.books[0]!.groups[0]!.tranches[0]!['stopLossPrice']).toBe('52500')
  })

  it('shows positions and tranches in aligned tables', async () => {
    const { stdout, stderr, exitCode } = await runMain(['replay', example('isolation')])
    expect(exitCode).toBe(0)
    expect(stderr).toBe('')
    const [head, position, , title, columns, ...tranches] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^SYMBOL +SIDE +QUANTITY +AVERAGE +MARK +UNREALIZED +REALIZED/)
    // LIFO takes the newest first, isolated ones last: 0.001 of T2 for −0.20, then 0.0005 of T1 for −1.30.
    expect(position).toMatch(/^BTCUSDT +LONG +0\.0005 +50 000\.00 +47 500 +−1\.25 +−1\.50 .* 1 iso 1 closed +synced$/)
    expect(title).toBe('BTCUSDT LONG')
    expect(tranches).toHaveLength(2)
    expect(columns!.indexOf('STATE')).toBe(tranches[0]!.indexOf('◐ isolated'))
  })

  it('reads stdin, gzip and carriage returns', async () => {
    const text = `\uFEFF${line(BUY)}\r\n\r\n${line(SELL)}\r\n`
    for (const given of [text, gzipSync(text)]) {
      const { books } = await report(['-'], given)
      expect(books[0]!.groups[0]!.realizedPnl).toBe('10')
    }
  })

  it('says what is wrong with every malformed line and prints nothing', async () => {
    const text = [
      line(BUY),
      '{"type":"fill"',
      line({ ...SELL, quantity: '1e3' }),
      line({ ...SELL, price: 110 }),
      'x',
    ].join('\n')
    const { exitCode, stdout, stderr } = await runMain(['replay', '-', '--json'], text)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr.split('\n')).toEqual([
      'tranchebook: stdin: 4 malformed lines of 5',
      expect.stringMatching(/^ {2}line 2: expected one JSON object, got {"type":"fill" \(.*JSON.*\)$/),
      '  line 3: quantity: expected a plain decimal such as "0.001" with at most 12 decimals, got "1e3": exponents are not accepted; write the digits out',
      '  line 4: price: expected a decimal as text such as "110", because JSON numbers lose digits, got 110',
      expect.stringMatching(/^ {2}line 5: expected one JSON object, got x \(.*JSON.*\)$/),
      '  expected input lines as https://github.com/tranchebook/tranchebook/blob/main/docs/input-lines.md describes them, or an event log; nothing was applied',
      '  correct these lines and run again',
      '',
    ])
  })

  it('shows a line that is no text without the characters that a terminal obeys', async () => {
    const { exitCode, stderr } = await runMain(['replay', '-'], '\u001B]0;title\u0007\u001B[2J\r{')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('got ·]0;title··[2J·{')
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })

  it('counts a fill that came twice once, and says so', async () => {
    const fill = line({ ...BUY, tradeId: '7' })
    const { stdout, stderr } = await runMain(['replay', '-', '--json'], `${fill}\n${fill}\n`)
    expect(stderr).toBe('1 fill came more than once and counted once\n')
    expect((JSON.parse(stdout) as Report).books[0]!.groups[0]!.tranches).toHaveLength(1)
  })

  it('keeps the order of fills without ids that came in one instant', async () => {
    const fills = [...Array.from({ length: 9 }, () => BUY), { ...SELL, time: BUY.time, quantity: '9' }]
    const { stderr, stdout } = await runMain(['replay', '-', '--json'], fills.map(line).join('\n'))
    expect(stderr).toBe('')
    expect((JSON.parse(stdout) as Report).books[0]!.groups[0]!.realizedPnl).toBe('90')
  })

  it('reports what a book refused with its line; --strict turns that into exit code 3', async () => {
    const text = [line(BUY), line({ ...SELL, positionSide: 'BOTH' })].join('\n')
    const plain = await runMain(['replay', '-', '--json'], text)
    const strict = await runMain(['replay', '-', '--json', '--strict'], text)
    expect([plain.exitCode, strict.exitCode]).toEqual([0, 3])
    expect(strict.stdout).toBe(plain.stdout)
    expect(plain.stderr).toContain(
      'refused line 2: expected positionSide LONG or SHORT (hedge mode) for main/BTCUSDT, got BOTH',
    )
  })

  it('reports commands that could not be done, not those that only want an order sent', async () => {
    const command = (time: number, rest: object): string => line({ type: 'command', time, symbol: BUY.symbol, ...rest })
    const text = [
      line(BUY),
      command(BUY.time + 1, { command: 'isolateTranche', tranche: 'T9' }),
      command(BUY.time + 2, { command: 'closeTranche', tranche: 'T1' }),
      command(BUY.time + 3, { command: 'configure', options: { max_tranches: 5 } }),
    ].join('\n')
    const { exitCode, stderr } = await runMain(['replay', '-', '--strict'], text)
    expect(exitCode).toBe(3)
    expect(stderr).toContain('refused line 2: isolateTranche: no open tranche is called T9: open are T1\n')
    expect(stderr).toContain('refused line 4: configure: ')
    expect(stderr).not.toContain('line 3')
  })

  it('reports a position that began before the first fill instead of guessing', async () => {
    const text = [line(BUY), line({ ...SELL, quantity: '3', fee: '0.3' }), line({ ...BUY, time: 20_000 })].join('\n')
    const { exitCode, stderr, stdout } = await runMain(['replay', '-', '--strict'], text)
    expect(exitCode).toBe(3)
    expect(stderr).toBe(
      'unknown start: main/BTCUSDT LONG began before the first fill given: 2 more was closed than was open, by fill #2; left out, not guessed\n',
    )
    expect(stdout).toContain('unknown start')
  })

  it('takes the position mode from the lines, even where a mark comes first', async () => {
    const mark = { type: 'mark', time: 500, symbol: 'BTCUSDT', price: '99' }
    const { stdout, stderr } = await runMain(
      ['replay', '-', '--json'],
      [mark, { ...BUY, positionSide: 'BOTH' }].map(line).join('\n'),
    )
    expect(stderr).toBe('')
    expect(stdout).toContain('"positionMode": "ONE_WAY"')
  })

  it('takes the position mode from a configuration that states it', async () => {
    const { config } = await writeFiles({ config: '{"positionMode":"HEDGE"}' })
    const { positionSide: _positionSide, ...silent } = BUY
    const { exitCode, stderr } = await runMain(['replay', '-', '--config', config!], line(silent))
    expect(exitCode).toBe(2)
    expect(stderr).toContain('line 1: positionSide is missing: expected "LONG", "SHORT", "BOTH"')
  })

  it('lets --closing override the rule of every symbol', async () => {
    const { config } = await writeFiles({
      config: '{"defaults":{"closingStrategy":"LIFO"},"symbols":{"BTCUSDT":{"closingStrategy":"HIFO"}}}',
    })
    const text = [BUY, { ...BUY, time: 2000, price: '105' }, { ...SELL, quantity: '1' }].map(line).join('\n')
    const realized = async (...args: string[]): Promise<string> =>
      (await report(['-', ...args], text)).books[0]!.groups[0]!.realizedPnl
    expect(await realized('--config', config!)).toBe('5')
    expect(await realized('--config', config!, '--closing', 'FIFO')).toBe('10')
  })

  it('lets --closing stand in for a rule that only a bot knows', async () => {
    const { config } = await writeFiles({ config: '{"symbols":{"BTCUSDT":{"closingStrategy":"MINE"}}}' })
    const args = ['replay', example('isolation'), '--config', config!]
    expect((await runMain(args)).exitCode).toBe(2)
    expect((await runMain([...args, '--closing', 'LIFO'])).exitCode).toBe(0)
  })

  it('suggests the closing rule that was meant', async () => {
    const { exitCode, stdout, stderr } = await runMain(['replay', '-', '--closing', 'FIFOO'], '')
    expect([exitCode, stdout]).toEqual([64, ''])
    expect(stderr).toBe(
      'tranchebook: --closing FIFOO is not a closing rule\n' +
        '  expected one of "LIFO", "FIFO", "WORST_FIRST", "BEST_FIRST", "HIFO", "LOFO", "PRO_RATA", got "FIFOO"\n' +
        '  did you mean "FIFO"?\n',
    )
  })

  it('lists everything that is wrong with a configuration', async () => {
    const { config } = await writeFiles({ config: '{"defaults":{"maxTranche":3,"leverage":"x"}}' })
    const { exitCode, stdout, stderr } = await runMain(['replay', '-', '--config', config!], line(BUY))
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /2 problems in the configuration\n {2}- defaults\.maxTranche: .*did you mean "maxTranches"\?\n {2}- defaults\.leverage: /,
    )
  })

  it('folds an event log as it was decided, bare or exported, and stops after --until events', async () => {
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
    const mark = {
      type: 'MarkObserved',
      version: 1,
      time: 2,
      causationId: 'x',
      correlationId: 'x',
      price: '100',
      high: '100',
      low: '100',
      markTime: 2,
    }
    const bare = [opened, mark].map(line).join('\n')
    const exported = [opened, mark]
      .map((event, index) => line({ stream: 'main/BTCUSDT', version: index + 1, event }))
      .join('\n')
    const folded = await runMain(['replay', '-', '--json'], bare)
    expect(folded.stderr).toBe('')
    expect((JSON.parse(folded.stdout) as Report).events).toBe(2)
    expect((await runMain(['replay', '-', '--json'], exported)).stdout).toBe(folded.stdout)
    expect((await report(['-', '--until', '1'], bare)).events).toBe(1)
  })

  it('refuses a log with a hole, an event it does not know, or no beginning', async () => {
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
    const hole = [1, 3].map((version) => line({ stream: 'main/BTCUSDT', version, event: opened })).join('\n')
    const unknown = [opened, { ...opened, type: 'MoonReached' }].map(line).join('\n')
    const headless = line({ ...opened, type: 'ConflictResolved', note: null })
    for (const [text, told] of [
      [
        hole,
        'main/BTCUSDT does not fold: line 2\n  expected an event that fits the book before it; got: that of version 3 instead of 2',
      ],
      [
        unknown,
        'line 2\n  expected an event that fits the book before it; got: main/BTCUSDT at version 2: no event is called "MoonReached"',
      ],
      [headless, 'line 1: expected the log to begin with BookOpened'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runMain(['replay', '-'], text)
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toContain(told)
    }
  })

  it('reads instruments: ticks and steps round targets and shares', async () => {
    const instruments = {
      symbols: [
        {
          symbol: 'BTCUSDT',
          status: 'TRADING',
          quoteAsset: 'USDT',
          filters: [
            { filterType: 'PRICE_FILTER', tickSize: '0.5' },
            { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.001', maxQty: '1000' },
            { filterType: 'MARKET_LOT_SIZE', maxQty: '120' },
            { filterType: 'MIN_NOTIONAL', notional: '100' },
            { filterType: 'MAX_NUM_ALGO_ORDERS', limit: 10 },
          ],
        },
      ],
    }
    const { info, broken } = await writeFiles({ info: JSON.stringify(instruments), broken: '{"symbols":5}' })
    // 100.2 · 1.05 = 105.21, to the tick toward the entry 105; 100.2 · 0.98 = 98.196, toward the entry 98.5.
    const { books } = await report(['-', '--instruments', info!], line({ ...BUY, price: '100.2' }))
    expect(books[0]!.groups[0]!.tranches[0]).toMatchObject({ takeProfitPrice: '105', stopLossPrice: '98.5' })
    expect((await runMain(['replay', '-', '--instruments', broken!], line(BUY))).stderr).toContain(
      'does not hold instruments',
    )
  })
})
