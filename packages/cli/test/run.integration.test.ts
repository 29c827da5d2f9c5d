import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type OrderRequest, openAster, openBinance, Secret, type Venue } from '@tranchebook/adapters'
import { connectDashboard } from '@tranchebook/dashboard'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { BIN, buildBin, runBin } from './run-bin.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-run-'))
const running: ChildProcess[] = []
const open: Venue[] = []

beforeAll(buildBin)

afterEach(async () => {
  for (const venue of open.splice(0)) await venue.close()
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Served {
  readonly rest: string
  readonly ws: string
  readonly wsApi: string | null
  readonly apiKey: string
  readonly apiSecret: string
  readonly agentKey?: string
}

interface Started {
  readonly child: ChildProcess
  readonly line: Readonly<Record<string, unknown>>
}

async function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  stderr: 'inherit' | 'pipe' = 'inherit',
  cwd: string = process.cwd(),
): Promise<Started> {
  const { DATABASE_URL: _, ...usual } = process.env
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...usual, ...env },
    cwd,
  })
  running.push(child)
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { child, line: JSON.parse(line) as Started['line'] }
}

async function serve(dialect: string): Promise<Served> {
  const { line } = await start(['venue', 'serve', '--dialect', dialect, '--json'])
  return line as unknown as Served
}

function connect(dialect: string, served: Served): Venue {
  const { rest, ws: streams, wsApi, apiKey, apiSecret, agentKey = '' } = served
  const venue =
    dialect === 'aster'
      ? openAster({ account: 'main', key: { agentKey: new Secret(agentKey) }, hosts: { rest, streams, chainId: 1666 } })
      : openBinance({
          account: 'main',
          key: { apiKey: new Secret(apiKey), apiSecret: new Secret(apiSecret) },
          hosts: { rest, streams, socketApi: wsApi ?? '' },
        })
  open.push(venue)
  return venue
}

function configFile(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function keysOf({ apiKey, apiSecret, agentKey = '' }: Served): NodeJS.ProcessEnv {
  return { BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret, ASTER_AGENT_KEY: agentKey }
}

/** Processes start as fast as the machine lets them. */
const PATIENT_MS = 240_000

const ENTRY: OrderRequest = {
  symbol: 'BTCUSDT',
  workingType: 'MARK_PRICE',
  terms: {
    clientOrderId: 'foreign-1',
    purpose: 'entry',
    orderType: 'MARKET',
    orderSide: 'BUY',
    positionSide: 'BOTH',
    quantity: '0.02',
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: false,
  },
}

async function untilProtected(venue: Venue): Promise<void> {
  await vi.waitFor(
    async () => {
      const stops = (await venue.fetchOpenOrders('BTCUSDT')).filter(({ orderType }) => orderType === 'STOP_MARKET')
      if (stops.length === 0) throw new Error('no stop rests at the venue')
    },
    { timeout: 100_000, interval: 100 },
  )
}

describe.each(['binance', 'aster'])('tranchebook run at a simulated %s', (dialect) => {
  it(
    'protects what a foreign bot trades, is killed, and knows it all again',
    async () => {
      const served = await serve(dialect)
      const directory = join(folder, dialect)
      const config = configFile(`${dialect}.json`, {
        positionMode: 'ONE_WAY',
        symbols: { BTCUSDT: {} },
        venue: { name: dialect, rest: served.rest, streams: served.ws },
      })
      const args = ['run', '--config', config, '--mode', 'protect', '--directory', directory, '--json']
      const { child, line } = await start(args, keysOf(served))
      expect(line).toMatchObject({ stakes: 'SIM', mode: 'protect', symbols: ['BTCUSDT'], dataDirectory: directory })
      expect(statSync(join(directory, 'process.json')).mode & 0o777).toBe(0o600)

      const venue = connect(dialect, served)
      expect(await venue.submit(ENTRY)).toMatchObject({ outcome: 'acknowledged' })
      await untilProtected(venue)
      child.kill('SIGKILL')
      await once(child, 'exit')

      const again = await start(args, keysOf(served))
      const listed = runBin(['position', 'list', '--directory', directory])
      expect(listed.stdout).toMatch(/BTCUSDT +LONG +0\.02 /)
      expect(listed.stdout).toMatch(/yes\n$/)
      const page = runBin(['dashboard', '--directory', directory])
      expect(page.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?link=/)
      again.child.kill('SIGTERM')
      expect(await once(again.child, 'exit')).toEqual([0, null])
      expect(existsSync(join(directory, 'process.json'))).toBe(false)
      const written = readFileSync(join(directory, 'tranchebook.log'), 'utf8')
      for (const secret of [served.apiSecret, served.agentKey ?? served.apiSecret])
        expect(written).not.toContain(secret)
    },
    PATIENT_MS,
  )
})

describe('tranchebook run on paper', () => {
  it(
    'takes entries through its interface, fills them at live prices, and keeps them',
    async () => {
      const served = await serve('binance')
      const directory = join(folder, 'paper')
      const config = configFile('paper.json', {
        symbols: { BTCUSDT: {} },
        venue: { rest: served.rest, streams: served.ws },
      })
      const args = ['run', '--config', config, '--paper', '--directory', directory, '--json']
      const { child, line } = await start(args)
      expect(line).toMatchObject({ stakes: 'PAPER', venue: 'paper on binance' })

      const { url, token } = JSON.parse(readFileSync(join(directory, 'process.json'), 'utf8')) as Record<
        'url' | 'token',
        string
      >
      const interfaceOf = connectDashboard({ url, token })
      const action = {
        command: 'openTranche',
        account: 'main',
        symbol: 'BTCUSDT',
        side: 'LONG',
        quantity: '0.02',
      } as const
      await vi.waitFor(
        async () => {
          const { confirmation } = await interfaceOf.preview(action)
          if (confirmation === null) throw new Error('the entry cannot be taken yet')
          const { results } = await interfaceOf.act({ action, actor: 'a test', confirmation })
          expect(results).toMatchObject([{ accepted: true }])
        },
        { timeout: 60_000, interval: 500 },
      )
      const isHeld = (): boolean =>
        /BTCUSDT +LONG +0\.02 .* yes\n$/.test(runBin(['position', 'list', '--directory', directory]).stdout)
      await vi.waitFor(() => expect(isHeld()).toBe(true), { timeout: 60_000, interval: 500 })
      child.kill('SIGKILL')
      await once(child, 'exit')
      const again = await start(args)
      expect(isHeld()).toBe(true)
      again.child.kill('SIGINT')
      expect(await once(again.child, 'exit')).toEqual([0, null])
    },
    PATIENT_MS,
  )
})

describe('tranchebook run without a directory', () => {
  it(
    'keeps its books beside the configuration, from wherever it is started, unless the working directory has them',
    async () => {
      const served = await serve('binance')
      const home = mkdtempSync(join(folder, 'home-'))
      const elsewhere = mkdtempSync(join(folder, 'elsewhere-'))
      const venue = { rest: served.rest, streams: served.ws }
      const config = join(home, 'tranchebook.json')
      writeFileSync(config, JSON.stringify({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: {} }, venue }))
      const args = ['run', '--config', config, '--mode', 'protect', '--json']
      const { child, line } = await start(args, keysOf(served), 'inherit', elsewhere)
      expect(line).toMatchObject({ dataDirectory: join(home, '.tranchebook/main') })

      const second = spawnSync(process.execPath, [BIN, ...args, '--directory', elsewhere], {
        encoding: 'utf8',
        env: { ...process.env, ...keysOf(served) },
      })
      expect([second.status, second.stdout]).toEqual([4, ''])
      expect(second.stderr).toContain(`process ${child.pid} (`)
      expect(second.stderr).toContain(`the database in ${join(home, '.tranchebook/main')}`)
      child.kill('SIGKILL')
      await once(child, 'exit')

      mkdirSync(join(elsewhere, '.tranchebook/main'), { recursive: true })
      const other = await start(args, keysOf(served), 'inherit', elsewhere)
      expect(other.line).toMatchObject({ dataDirectory: join(elsewhere, '.tranchebook/main') })
      other.child.kill('SIGTERM')
      await once(other.child, 'exit')
    },
    PATIENT_MS,
  )
})

describe('tranchebook run at an account in another position mode', () => {
  it(
    'says that it is halted, and why',
    async () => {
      const served = await serve('binance')
      const venue = { rest: served.rest, streams: served.ws }
      const config = configFile('other-mode.json', { positionMode: 'HEDGE', symbols: { BTCUSDT: {} }, venue })
      const args = ['run', '--config', config, '--directory', join(folder, 'other-mode'), '--no-page', '--json']
      const { child } = await start(args, keysOf(served), 'pipe')
      const said = createInterface({ input: child.stderr! })[Symbol.asyncIterator]()
      expect((await said.next()).value).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}health halted$/)
      expect((await said.next()).value).toMatch(/^ {2}positionMode: .*ONE_WAY/)
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    },
    PATIENT_MS,
  )
})

describe('tranchebook run refuses', () => {
  const symbols = { BTCUSDT: {} }
  const local = { rest: 'http://127.0.0.1:1', streams: 'ws://127.0.0.1:1' }
  const canary = { env: 'CANARY_KEY' }
  const keys = { apiKey: canary, apiSecret: canary }

  it.each([
    [{ symbols }, ['--live', '--demo'], 64, 'expected one of --live, --demo and --paper; got LIVE, DEMO'],
    [{ symbols, venue: { rest: local.rest } }, [], 64, 'half an address'],
    [{ symbols, venue: { ...local, rest: 'https://evil.example' } }, [], 64, 'not on this machine'],
    [{ symbols, venue: local }, ['--live'], 64, '--live at a simulated venue'],
    [{ symbols, venue: { apiKey: 'canary' } }, ['--live'], 2, 'secrets do not stand in a configuration'],
    [{ symbols, stores: {} }, ['--live'], 2, 'stores'],
    [{ symbols }, ['--live'], 2, 'the variable BINANCE_API_KEY; it is not set'],
    [{ symbols, venue: { name: 'aster' } }, ['--demo'], 2, 'the variable ASTER_DEMO_AGENT_KEY; it is not set'],
    [{ symbols, venue: keys }, ['--live'], 4, 'live trading is refused on this store'],
    [{ symbols }, ['--mode', 'gamble'], 64, 'expected observe, protect or trade; got gamble'],
    ['{ "symbols": ', [], 2, 'is not JSON'],
    ['{"defaults":{"tpPercent":1,"tpPercent":9}}', [], 2, 'line 1, column 28: "tpPercent" stands here twice'],
    ['{"defaults":{"tpPercent":1e2}}', [], 2, 'line 1, column 26: exponents are not accepted, got 1e2'],
  ])('%j with %j', (content, args, code, words) => {
    const file = configFile('refused.json', content)
    process.env['CANARY_KEY'] = 'canary'
    const ran = runBin(['run', '--config', file, '--directory', join(folder, 'refused'), ...args])
    Reflect.deleteProperty(process.env, 'CANARY_KEY')
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.stderr).toContain(words)
    expect(ran.stderr).not.toContain('canary')
  })
})

describe('a configuration to begin with', () => {
  it.each(['binance', 'aster'])('for %s is valid, and never written over another one', (venue) => {
    const file = join(folder, `${venue}.jsonc`)
    expect(runBin(['init', file, '--venue', venue, '--symbols', 'BTCUSDT,ETHUSDT']).code).toBe(0)
    const valid = runBin(['config', 'validate', file])
    expect([valid.code, valid.stderr]).toEqual([0, ''])
    expect(valid.stdout).toContain('HEDGE, 2 symbols, 0 warnings')
    const shown = runBin(['config', 'show', file, '--symbol', 'BTCUSDT'])
    expect(JSON.parse(shown.stdout)).toMatchObject({ maxTranches: 3, closingStrategy: 'LIFO' })
    expect(runBin(['init', file]).code).toBe(2)
    expect(runBin(['replay', '-', '--config', file, '--json']).code).toBe(0)
  })
})
