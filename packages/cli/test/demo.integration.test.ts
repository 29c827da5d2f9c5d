import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { BIN, buildBin, runBin } from './run-bin.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-demo-'))
const running: ChildProcess[] = []

beforeAll(buildBin)

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface FirstLine {
  readonly url: string | null
  readonly dataDirectory: string
  readonly pid: number
}

interface LoggedEvent {
  readonly stream: string
  readonly version: number
  readonly event: { readonly type: string; readonly fill?: string; readonly tradeId?: string }
}

interface Comparison {
  readonly what: string
  readonly books: string
  readonly other: string
  readonly agrees: boolean
}

/** Processes start, and a market goes on, as fast as the machine lets them. */
const PATIENT_MS = 240_000

const FAST = ['--headless', '--json', '--speed', '12']

async function start(args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly first: FirstLine }> {
  const child = spawn(process.execPath, [BIN, 'demo', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, first: JSON.parse(line) as FirstLine }
}

/** Trades that the simulated venue has written down. */
function tradesIn(directory: string): readonly string[] {
  const text = readFileSync(join(directory, 'venue.jsonl'), 'utf8')
  return [...text.matchAll(/"type":"trade".*?"id":"(\d+)"/g)].map(([, id = '']) => id)
}

async function untilTraded(directory: string, count: number): Promise<void> {
  await vi.waitFor(
    () => {
      if (tradesIn(directory).length < count) throw new Error(`fewer than ${count} trades so far`)
    },
    { timeout: 150_000, interval: 50 },
  )
}

function logOf(directory: string): readonly string[] {
  const { code, stdout, stderr } = runBin(['log', 'export', '--directory', directory])
  expect([code, stderr]).toEqual([0, ''])
  return stdout.trimEnd().split('\n')
}

function perStream(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const streams = new Map<string, string[]>()
  for (const text of lines) {
    const { stream } = JSON.parse(text) as LoggedEvent
    streams.set(stream, [...(streams.get(stream) ?? []), text])
  }
  return streams
}

function bookedTrades(lines: readonly string[]): readonly string[] {
  const events = lines.map((text) => (JSON.parse(text) as LoggedEvent).event)
  return events.filter(({ type }) => type === 'FillBooked').map(({ tradeId = '' }) => tradeId)
}

describe.each(['binance', 'aster'])('a demo in the words of %s', (dialect) => {
  const directory = join(folder, dialect)
  const args = ['--dialect', dialect, '--directory', directory, ...FAST]

  it(
    'is killed with kill -9, started again, and has forgotten nothing',
    async () => {
      const { child, first } = await start(args)
      expect(first).toEqual({ url: first.url, dataDirectory: directory, pid: child.pid })
      const record = JSON.parse(readFileSync(join(directory, 'process.json'), 'utf8')) as { readonly pid: number }
      expect(record.pid).toBe(child.pid)
      await untilTraded(directory, 5)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const before = perStream(logOf(directory))
      expect(before.size).toBe(2)

      const again = runBin(['demo', ...args, '--duration', '3'])
      const { agreement } = JSON.parse(again.stdout.split('\n')[1] ?? '') as {
        readonly agreement: readonly Comparison[]
      }
      expect(agreement.filter(({ agrees }) => !agrees)).toEqual([])
      expect([again.code, again.stderr, agreement.length]).toEqual([0, '', 7])
      const after = logOf(directory)
      for (const [stream, lines] of before) expect(perStream(after).get(stream)?.slice(0, lines.length)).toEqual(lines)
      expect(bookedTrades(after).toSorted()).toEqual(tradesIn(directory).toSorted())
      expect(existsSync(join(directory, 'process.json'))).toBe(false)
    },
    PATIENT_MS,
  )

  it(
    'ends on Ctrl-C in agreement',
    async () => {
      const { child } = await start(args)
      child.kill('SIGINT')
      expect(await once(child, 'exit')).toEqual([0, null])
    },
    PATIENT_MS,
  )
})

describe('a demo', () => {
  it(
    'ends in agreement in one-way mode too, where both sides net to one position',
    () => {
      const directory = join(folder, 'one-way')
      const args = [...FAST, '--position-mode', 'one-way', '--directory', directory, '--duration', '10']
      const { code, stdout } = runBin(['demo', ...args])
      const { agreement } = JSON.parse(stdout.split('\n')[1] ?? '') as { readonly agreement: readonly Comparison[] }
      expect(code).toBe(0)
      expect(agreement.map(({ what, agrees }) => [what.replace(/\d+/, 'N'), agrees])).toEqual([
        ['BTCUSDT net', true],
        ['ETHUSDT net', true],
        ['wallet USDT', true],
        ['BTCUSDT log of N events', true],
        ['ETHUSDT log of N events', true],
      ])
      expect(bookedTrades(logOf(directory)).toSorted()).toEqual(tradesIn(directory).toSorted())
      expect(tradesIn(directory).length).toBeGreaterThan(0)
    },
    PATIENT_MS,
  )

  it(
    'does not mix two markets in one directory',
    async () => {
      const directory = join(folder, 'one')
      const { child } = await start(['--directory', directory, ...FAST])
      const second = runBin(['demo', '--directory', directory, '--headless'])
      expect([second.code, second.stdout]).toEqual([2, ''])
      expect(second.stderr).toContain(`process ${child.pid}`)
      child.kill('SIGINT')
      await once(child, 'exit')
      const other = runBin(['demo', '--directory', directory, '--dialect', 'aster', '--headless'])
      expect([other.code, other.stdout]).toEqual([2, ''])
      expect(other.stderr).toContain('belongs to another demo')
    },
    PATIENT_MS,
  )

  it.each([
    [['--market', BIN], 2, 'expected CSV with a header'],
    [['--market', join(folder, 'none.csv')], 2, 'cannot read'],
    [['--from', 'soon'], 64, 'expected a time such as 2025-10-10T18:00Z'],
    [['--dialect', 'kraken'], 64, 'expected binance or aster; got kraken'],
  ])('refuses %j', (args, code, words) => {
    const ran = runBin(['demo', '--directory', join(folder, 'refused'), '--headless', ...args])
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.stderr).toContain(words)
  })
})

const SOLUSDT = fileURLToPath(
  new URL('../../../../shared/data/market/um/klines/SOLUSDT-5m-20250407-20260516.csv.gz', import.meta.url),
)
const hasData = existsSync(SOLUSDT)
if (!hasData) console.warn(`SKIPPED: the recorded crash needs ${SOLUSDT}`)

it.skipIf(!hasData)(
  'a recorded crash ends with books, venue and log in agreement',
  () => {
    const hours = ['--from', '2025-10-10T20:30Z', '--until', '2025-10-10T22:00Z', '--speed', '900']
    const ran = runBin(['demo', '--directory', join(folder, 'crash'), '--market', SOLUSDT, ...hours, '--headless'])
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toMatch(/agree +SOLUSDT LONG/)
    expect(ran.stdout).not.toContain('DIFFER')
  },
  PATIENT_MS,
)
