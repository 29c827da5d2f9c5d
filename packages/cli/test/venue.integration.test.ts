import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BIN, buildBin, runBin } from './run-bin.js'

const running: ChildProcess[] = []

beforeAll(buildBin)

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Connection {
  readonly rest: string
  readonly ws: string
  readonly wsApi: string | null
  readonly apiKey: string
  readonly apiSecret: string
  readonly symbols: readonly string[]
}

async function serve(
  ...args: readonly string[]
): Promise<{ readonly child: ChildProcess; readonly connection: Connection }> {
  const child = spawn(process.execPath, [BIN, 'venue', 'serve', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, connection: JSON.parse(line) as Connection }
}

describe('tranchebook venue serve', () => {
  it.each(['binance', 'aster'])('%s: says where it listens, answers there, and ends on request', async (dialect) => {
    const { child, connection } = await serve('--dialect', dialect)
    expect(Object.keys(connection).slice(0, 6)).toEqual(['rest', 'ws', 'wsApi', 'apiKey', 'apiSecret', 'symbols'])
    expect(connection.rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(connection.symbols).toEqual(['BTCUSDT', 'ETHUSDT'])
    expect(connection.wsApi === null).toBe(dialect === 'aster')
    const moved = await fetch(`${connection.rest}/simulator/price?symbol=BTCUSDT&price=49000`, { method: 'POST' })
    expect(moved.status).toBe(200)
    const answer = await fetch(`${connection.rest}/fapi/v1/ticker/price?symbol=BTCUSDT`)
    const { price } = (await answer.json()) as { readonly price: string }
    expect(Math.abs(Number(price) - 49_000)).toBeLessThan(200)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says exit 4 of a port that is taken, as the demo and run do', async () => {
    const taken = createServer()
    await new Promise<void>((done) => {
      taken.listen(0, '127.0.0.1', done)
    })
    const { port } = taken.address() as AddressInfo
    const served = runBin(['venue', 'serve', '--dialect', 'binance', '--port', String(port)])
    expect([served.code, served.stdout]).toEqual([4, ''])
    const directory = mkdtempSync(join(tmpdir(), 'tranchebook-taken-'))
    const demo = runBin(['demo', '--port', String(port), '--directory', directory, '--duration', '1'])
    expect([demo.code, demo.stdout]).toEqual([4, ''])
    expect(demo.stderr).toContain('there is no page')
    expect(demo.stderr).not.toContain('a database of ours')
    taken.close()
    rmSync(directory, { recursive: true })
  }, 60_000)

  it('gives the same keys for the same seed', async () => {
    const first = await serve('--dialect', 'binance', '--seed', '7')
    const second = await serve('--dialect', 'binance', '--seed', '7')
    const other = await serve('--dialect', 'binance', '--seed', '8')
    expect(second.connection.apiSecret).toBe(first.connection.apiSecret)
    expect(other.connection.apiSecret).not.toBe(first.connection.apiSecret)
  })

  it.each([
    [['--dialect', 'kraken'], 64, 'expected binance or aster; got kraken'],
    [['--dialect', 'binance', '--port', '70000'], 64, 'expected a port from 0 to 65535; got 70000'],
    [['--dialect', 'binance', '--market', BIN], 2, 'expected the answer of exchangeInfo'],
    [[], 64, "required option '--dialect <name>' not specified"],
  ])('refuses %j', (args, code, words) => {
    const ran = runBin(['venue', 'serve', ...args])
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.stderr).toContain(words)
  })
})
