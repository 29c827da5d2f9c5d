import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

it(
  'a standby takes the account over when the process that runs it is killed; a third without --standby is refused',
  async ({ skip }) => {
    if (server === null) return skip()
    const { line: venueLine } = start(['venue', 'serve', '--dialect', 'binance', '--json'], folder)
    const { rest, ws: streams, apiKey, apiSecret } = await venueLine
    const config = join(folder, 'tranchebook.json')
    writeFileSync(
      config,
      JSON.stringify({ positionMode: 'ONE_WAY', symbols: { BTCUSDT: {} }, venue: { rest, streams } }),
    )
    const env = {
      BINANCE_API_KEY: apiKey ?? '',
      BINANCE_API_SECRET: apiSecret ?? '',
      DATABASE_URL: await server.createDatabase(),
    }
    const machines = ['one', 'two', 'three'].map((name) => mkdtempSync(join(folder, name)))
    const args = ['run', '--config', config, '--json']

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
