import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseQuantity } from '@tranchebook/core'
import { PLAIN_SPEC, placeOrder, type StartedVenue, startVenue } from '@tranchebook/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { openAccount } from '../src/process/open-account.js'
import { readRunConfig } from '../src/process/read-run-config.js'
import { terminalOf } from '../src/terminal.js'
import { type Collected, runMain } from './collect.js'

let home = ''
let config = ''
let venue: StartedVenue | null = null

async function writeSecret(name: string, text: string): Promise<{ readonly file: string }> {
  const file = join(home, name)
  await writeFile(file, text)
  await chmod(file, 0o600)
  return { file }
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tranchebook-repair-'))
  venue = await startVenue({ dialect: 'binance', seed: 7 })
  const { rest, ws: streams } = venue.served
  const { apiKey, apiSecret } = venue.keys.keys
  config = join(home, 'config.json')
  const text = {
    positionMode: 'ONE_WAY',
    defaults: { slPercent: '5', tpPercent: '10', driftSettleMs: 500 },
    symbols: { BTCUSDT: {} },
    venue: {
      name: 'binance',
      rest,
      streams,
      apiKey: await writeSecret('key', apiKey),
      apiSecret: await writeSecret('secret', apiSecret),
    },
    store: { directory: join(home, 'store') },
  }
  await writeFile(config, JSON.stringify(text))
  await runMain(['db', 'migrate', '--directory', join(home, 'store')])
})
afterAll(async () => {
  await venue?.close()
  await rm(home, { recursive: true, force: true })
})

async function ask(...args: readonly string[]): Promise<Collected> {
  return runMain([...args, '--config', config])
}

/** Somebody trades past the books. */
function tradeByHand(quantity: string): void {
  const order = { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'BUY', positionSide: 'BOTH', type: 'MARKET' } as const
  placeOrder(venue!.exchange, 'main', { ...order, quantity: parseQuantity(quantity), clientOrderId: `web_${quantity}` })
}

describe('the repair commands, at a venue over its sockets', () => {
  it('say that nothing is open, exit 0', async () => {
    const { exitCode, stdout, stderr } = await ask('verify-protection')
    expect([exitCode, stderr]).toEqual([EXIT.fine, ''])
    expect(stdout).toBe('nothing is open\n')
  })

  it('examine the account', async () => {
    const { exitCode, stdout } = await ask('doctor', '--json')
    expect(exitCode).toBe(EXIT.fine)
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'tranchebook/doctor/1', venue: 'binance', isFit: true })
    expect((await ask('doctor')).stdout).toContain('fit to trade')
  })

  it('find a position without a stop, exit 8, and say what adopting it would do', async () => {
    tradeByHand('0.05')
    const bare = await ask('verify-protection')
    expect(bare.exitCode).toBe(EXIT.uncovered)
    expect(bare.stdout).toMatch(/BTCUSDT +LONG +0\.05 +0 +0\.05 +T1 0\.05/)
    expect(bare.stdout).toContain('NOT PROTECTED')
    const { exitCode, stdout } = await ask('adopt', '--dry-run')
    expect(exitCode).toBe(EXIT.fine)
    expect(stdout).toMatch(/would book BTCUSDT: .*0\.05/)
    expect(stdout).toMatch(/would send BTCUSDT: stop for T1/)
    expect((await ask('verify-protection')).exitCode).toBe(EXIT.uncovered)
  })

  it('adopt it with a tranche and its orders, and find it protected', async () => {
    const { exitCode, stdout } = await ask('adopt')
    expect(exitCode).toBe(EXIT.fine)
    expect(stdout).toMatch(/send BTCUSDT: stop for T1/)
    const { exitCode: code, stdout: json } = await ask('verify-protection', '--json')
    expect(code).toBe(EXIT.fine)
    expect(JSON.parse(json)).toMatchObject({
      schema: 'tranchebook/verify-protection/1',
      isProtected: true,
      positions: [{ symbol: 'BTCUSDT', quantity: '0.05', uncovered: '0' }],
    })
    expect((await ask('protect', '--dry-run')).stdout).toContain('nothing to do')
    const listed = await runMain(['position', 'list', '--directory', join(home, 'store')])
    expect(listed.stdout).toMatch(/BTCUSDT {3}LONG .* yes/)
  })

  it('give an adoption up again: the position stays, without a stop, and says so', async () => {
    const dry = await ask('adopt', '--roll-back', '--dry-run')
    expect([dry.exitCode, dry.stdout]).toEqual([EXIT.fine, expect.stringContaining('would cancel BTCUSDT') as unknown])
    expect((await ask('verify-protection')).exitCode).toBe(EXIT.fine)
    const { exitCode, stdout } = await ask('adopt', '--roll-back')
    expect([exitCode, stdout]).toEqual([EXIT.uncovered, expect.stringContaining('NOT PROTECTED') as unknown])
    expect((await ask('adopt')).exitCode).toBe(EXIT.fine)
  })

  it('look beside the process that owns the account, and leave the rest to it', async () => {
    const configured = await readRunConfig(config, terminalOf())
    const request = { config, mode: 'trade', page: true } as const
    const { signal } = new AbortController()
    const owner = await openAccount({ request, configured, stakes: 'SIM', signal })
    try {
      expect((await ask('verify-protection')).stdout).toContain('protected')
      expect((await ask('reconcile', '--dry-run')).stdout).toContain('nothing to do')
      const { exitCode, stderr } = await ask('protect')
      expect([exitCode, stderr.split('\n')[0]]).toEqual([
        EXIT.refused,
        `tranchebook: the process ${process.pid} owns the account`,
      ])
    } finally {
      await owner.close()
    }
  })

  it('refuse what they cannot do, in three lines', async () => {
    const live = await ask('verify-protection', '--live')
    expect(live.exitCode).toBe(EXIT.usage)
    const unknown = await ask('protect', '--symbol', 'NOPEUSDT')
    expect(unknown.exitCode).toBe(EXIT.refused)
    expect(unknown.stderr.trimEnd().split('\n')).toHaveLength(3)
    const paper = join(home, 'paper.json')
    await writeFile(paper, '{}')
    expect((await runMain(['doctor', '--config', paper])).stderr).toContain('say which account of the venue is meant')
  })
})
