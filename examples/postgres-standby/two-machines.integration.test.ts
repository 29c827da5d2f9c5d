import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openPostgresEngine } from '../../packages/store/src/postgres/postgres-engine.js'
import { type PostgresServer, startPostgres } from '../../packages/store/test/postgres-server.js'
import { BIN, buildBin } from '../../packages/cli/test/run-bin.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-standby-'))
const running: ChildProcess[] = []
let server: PostgresServer | null = null

beforeAll(async () => {
  buildBin()
  server = await startPostgres()
})

afterAll(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await server?.stop()
  rmSync(folder, { recursive: true })
})

/** A process, and the first line it prints, whenever that is. */
function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  running.push(child)
  const line = once(createInterface({ input: child.stdout }), 'line').then(
    ([text]: unknown[]) => JSON.parse(String(text)) as Readonly<Record<string, string>>,
  )
  return { child, line }
}

/** The lease of a process that was killed lasts fifteen seconds. */
const PATIENT_MS = 240_000

let env: NodeJS.ProcessEnv = {}
let machines: readonly string[] = []
let args: readonly string[] = []

beforeAll(async () => {
  if (server === null) return
  const { line: venueLine } = start(['venue', 'serve', '--dialect', 'binance', '--json'], folder)
  const { rest, ws: streams, apiKey, apiSecret } = await venueLine
  const config = join(folder, 'tranchebook.json')
  writeFileSync(config, JSON.stringify({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: {} }, venue: { rest, streams } }))
  env = {
    BINANCE_API_KEY: apiKey ?? '',
    BINANCE_API_SECRET: apiSecret ?? '',
    DATABASE_URL: await server.createDatabase(),
  }
  machines = ['one', 'two', 'three'].map((name) => mkdtempSync(join(folder, name)))
  args = ['run', '--config', config, '--json']
}, PATIENT_MS)

it(
  'a standby takes the account over when the process that runs it is killed; a third without --standby is refused',
  async ({ skip }) => {
    if (server === null) return skip()
    const first = start(args, machines[0] ?? '', env)
    expect(await first.line).toMatchObject({ dataDirectory: null, stakes: 'SIM' })
    const third = start(args, machines[2] ?? '', env)
    expect(await once(third.child, 'exit')).toEqual([4, null])
    const second = start([...args, '--standby'], machines[1] ?? '', env)
    first.child.kill('SIGKILL')
    expect(await second.line).toMatchObject({ pid: second.child.pid, symbols: ['BTCUSDT'] })
    second.child.kill('SIGINT')
    expect(await once(second.child, 'exit')).toEqual([0, null])
  },
  PATIENT_MS,
)

/** When the newest anchor was kept, epoch ms: a standby keeps one before it waits. */
function keptTime(): number {
  return statSync(join(folder, '.tranchebook', 'main', 'anchor.json')).mtimeMs
}

/** Makes the log another one, as the restore of a database does. */
async function replaceLog(): Promise<void> {
  const engine = openPostgresEngine({ connectionString: env['DATABASE_URL'] ?? '' })
  await engine.db.updateTable('tranche_log').set({ log_id: randomUUID() }).execute()
  await engine.close()
}

it(
  'a standby does not start on a log that took the place of the one it has seen while it waited',
  async ({ skip }) => {
    if (server === null) return skip()
    const first = start(args, machines[0] ?? '', env)
    await first.line
    const kept = keptTime()
    const second = start([...args, '--standby'], machines[1] ?? '', env)
    await vi.waitFor(() => {
      expect(keptTime()).toBeGreaterThan(kept)
    }, PATIENT_MS)
    first.child.kill('SIGKILL')
    await replaceLog()
    expect(await once(second.child, 'exit')).toEqual([4, null])
  },
  PATIENT_MS,
)
