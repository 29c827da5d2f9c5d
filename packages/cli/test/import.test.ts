import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { runMain, writeFiles } from './collect.js'

const BINANCE = [
  '\uFEFFDate(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit,Quote Asset',
  '2024-04-24 12:26:41,BTCUSDT,SELL,"50,500.00",0.010,505.00,0.2525,USDT,5,USDT',
  '2024-04-24 12:26:40,BTCUSDT,BUY,"50,000.00",0.004,200.00,0.1,USDT,0,USDT',
  '2024-04-24 12:26:40,BTCUSDT,BUY,"50,000.00",0.006,300.00,0.15,USDT,0,USDT',
].join('\n')

type Line = Readonly<Record<string, unknown>>

async function imported(
  text: string | Uint8Array,
  ...args: string[]
): Promise<{ lines: readonly Line[]; stderr: string }> {
  const { exitCode, stdout, stderr } = await runMain(['import', '-', ...args], text)
  expect([exitCode, stderr.includes('cannot')]).toEqual([0, false])
  return {
    lines: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
    stderr,
  }
}

describe('import', () => {
  it('turns a downloaded futures trade history round, oldest first, with ids made of time and order', async () => {
    const { lines, stderr } = await imported(BINANCE, '--account', 'desk')
    expect(lines.map(({ side, quantity, tradeId }) => [side, quantity, tradeId])).toEqual([
      ['BUY', '0.006', 'derived-1713961600000-00001'],
      ['BUY', '0.004', 'derived-1713961600000-00002'],
      ['SELL', '0.010', 'derived-1713961601000-00001'],
    ])
    expect(lines[2]).toEqual({
      type: 'fill',
      time: 1713961601000,
      account: 'desk',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'BOTH',
      quantity: '0.010',
      price: '50500.00',
      fee: '0.2525',
      feeAsset: 'USDT',
      tradeId: 'derived-1713961601000-00001',
      realizedPnl: '5',
    })
    expect(stderr.split('\n')).toEqual([
      'binance-trades: 3 fills of 1 symbol, 1 account',
      '3 without a trade id: named by time and order (derived-…), the same way whenever these rows are imported',
      'no position side column: read as one-way; say --position-mode to state what the account is',
      '',
    ])
  })

  it('reads other versions of that export: other titles, time zones, assets behind figures, paid fees as negative', async () => {
    const text = [
      'Time(UTC+8);Contract;Direction;Position Side;Price;Qty;Fee;Realized PnL;Role;Trade ID;Order ID',
      '24-04-24 20:26:40;BTCUSDT Perpetual;Buy;Long;50000 USDT;0.01BTC;-0.25 USDT;--;Taker;9007199254740993;12',
      '24-04-24 20:26:41.5;BTCUSDT Perpetual;Sell;Long;50500 USDT;0.01BTC;-0.0002 BNB;+5 USDT;Maker;9007199254740995;13',
    ].join('\n')
    const { lines, stderr } = await imported(text)
    expect(
      lines.map(({ time, symbol, side, positionSide, price, quantity }) => [
        time,
        symbol,
        side,
        positionSide,
        price,
        quantity,
      ]),
    ).toEqual([
      [1713961600000, 'BTCUSDT', 'BUY', 'LONG', '50000', '0.01'],
      [1713961601500, 'BTCUSDT', 'SELL', 'LONG', '50500', '0.01'],
    ])
    expect(
      lines.map(({ fee, feeAsset, realizedPnl, maker, tradeId, orderId }) => [
        fee,
        feeAsset,
        realizedPnl,
        maker,
        tradeId,
        orderId,
      ]),
    ).toEqual([
      ['0.25', 'USDT', undefined, false, '9007199254740993', '12'],
      ['0.0002', 'BNB', '5', true, '9007199254740995', '13'],
    ])
    expect(stderr).toContain('every fee is negative: read as paid')
  })

  it('reads REST rows with ids above 2^53, digit by digit', async () => {
    const rows = `[{"symbol":"BTCUSDT","id":9007199254740993,"orderId":18446744073709551615,"side":"SELL","price":"50500","qty":"0.010","realizedPnl":"5.00000000","quoteQty":"505","commission":"-0.01","commissionAsset":"USDT","time":1713961601000,"positionSide":"LONG","buyer":false,"maker":true},
    {"symbol":"BTCUSDT","id":9007199254740992,"orderId":1,"side":"BUY","price":"50000","qty":"0.010","realizedPnl":"0","quoteQty":"500","commission":"0.25","commissionAsset":"USDT","time":1713961600000,"positionSide":"LONG","buyer":true,"maker":false}]`
    const { lines, stderr } = await imported(gzipSync(rows))
    expect(lines.map(({ tradeId, orderId, fee, maker }) => [tradeId, orderId, fee, maker])).toEqual([
      ['9007199254740992', '1', '0.25', false],
      ['9007199254740993', '18446744073709551615', '-0.01', true],
    ])
    expect(stderr).toBe('user-trades: 2 fills of 1 symbol, 1 account\n')
  })

  it('keeps one symbol when asked', async () => {
    const { lines } = await imported(
      `${BINANCE}\n2024-04-24 12:26:39,ETHUSDT,BUY,3000,1,3000,1,USDT,0,USDT`,
      '--symbol',
      'ETHUSDT',
    )
    expect(lines.map(({ symbol }) => symbol)).toEqual(['ETHUSDT'])
  })

  it('gives lines that replay reads: 0.01 from 50 000 to 50 500 earns 5', async () => {
    const { stdout } = await runMain(['import', '-'], BINANCE)
    const replayed = await runMain(['replay', '-', '--json'], stdout)
    const { books } = JSON.parse(replayed.stdout) as {
      books: readonly { groups: readonly { realizedPnl: string }[] }[]
    }
    expect(books[0]!.groups[0]!.realizedPnl).toBe('5')
    // The same rows again, later: the same ids, no second effect.
    const twice = await runMain(['replay', '-', '--json'], stdout + stdout)
    expect(twice.stderr).toBe('3 fills came more than once and counted once\n')
  })

  it('says that no row is of the symbol that was asked for, and which there are', async () => {
    const { csv } = await writeFiles({
      csv: `${BINANCE}\n2024-04-24 12:26:40,BTCUSDT,BUY,50000,0.01,500,0.25,USDT,0,USDT`,
    })
    const { exitCode, stdout, stderr } = await runMain(['import', csv!, '--symbol', 'BTCUSD'])
    expect([exitCode, stdout]).toEqual([0, ''])
    expect(stderr).toContain('warning: no row is of BTCUSD; there are rows of BTCUSDT: did you mean BTCUSDT?')
    const other = await runMain(['import', csv!, '--format', 'user-trades'])
    expect(other.stderr).toContain('expected columns such as id, orderId, symbol, side, price, qty')
  })

  it('reports every row that cannot be read and writes nothing', async () => {
    const rows = [
      '04/24/2024 12:26,BTCUSDT,BUY,50000,0.01,500,0.25,USDT,0,USDT',
      '2024-04-24 12:26:40,BTCUSDT,HOLD,50000,0.01,500,0.25,USDT,0,USDT',
      '2024-04-24 12:26:40,BTCUSDT,BUY,5e4,0.01,500,0.25,USDT,0,USDT',
      '2024-04-24 12:26:40,BTCUSDT,BUY,50000,,500,0.25,USDT,0,USDT',
      '2024-02-30 12:26:40,BTCUSDT,BUY,50000,0,500,0.25,USDT,0,USDT',
      '2024-04-24 12:26:40,BTCUSDT,BUY,50000,0,500,0.25,USDT,0,USDT',
    ]
    const { csv } = await writeFiles({ csv: [BINANCE, ...rows].join('\n') })
    const output = `${csv!}.jsonl`
    const { exitCode, stdout, stderr } = await runMain(['import', csv!, '-o', output])
    expect([exitCode, stdout, existsSync(output)]).toEqual([2, '', false])
    expect(stderr.split('\n').slice(1, -3)).toEqual([
      '  line 5: time: expected epoch milliseconds or a date such as 2024-04-24 12:26:40, got "04/24/2024 12:26"',
      '  line 6: side: expected BUY or SELL, got "HOLD"',
      '  line 7: price: expected a decimal such as 0.001, got "5e4"',
      '  line 8: quantity is missing: expected a decimal such as 0.001',
      '  line 9: time: expected epoch milliseconds or a date such as 2024-04-24 12:26:40, got "2024-02-30 12:26:40"',
      '  line 10: quantity: expected a quantity above 0, got "0"',
    ])
  })

  it('writes a file whole', async () => {
    const { csv } = await writeFiles({ csv: BINANCE })
    const output = `${csv!}.jsonl`
    const { exitCode, stdout } = await runMain(['import', csv!, '-o', output])
    expect([exitCode, stdout]).toEqual([0, ''])
    expect(readFileSync(output, 'utf8').trimEnd().split('\n')).toHaveLength(3)
  })

  it('does not guess the side of a hedge position', async () => {
    const { exitCode, stderr } = await runMain(['import', '-', '--position-mode', 'hedge'], BINANCE)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('line 2: position side is missing: expected LONG or SHORT in hedge mode')
  })

  it('says what it wanted when the file is something else', async () => {
    const { exitCode, stderr } = await runMain(['import', '-'], 'openTime,open,high\n1,2,3\n')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('got opentime, open, high')
    expect((await runMain(['import', '-'], '')).stderr).toContain('got none')
    expect((await runMain(['import', '-', '--format', 'csv'], '')).exitCode).toBe(64)
  })
})
