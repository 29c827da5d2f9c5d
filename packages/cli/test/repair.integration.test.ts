import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { parseQuantity } from '@tranchebook/core'
import { connectDashboard } from '@tranchebook/dashboard'
import { PLAIN_SPEC, placeOrder, type StartedVenue, startVenue } from '@tranchebook/simulator'
import { afterEach, describe, expect, it } from 'vitest'
import { readOwnerRecord } from '../src/control/owner-record.js'
import { EXIT } from '../src/exit-codes.js'
import { openAccount } from '../src/process/open-account.js'
import { readRunConfig } from '../src/process/read-run-config.js'
import { terminalOf } from '../src/terminal.js'
import { type Collected, runMain, writeFiles } from './collect.js'

/** An account at a venue of its own, whose budget of requests nobody else spends. */
interface RepairedAccount {
  readonly venue: StartedVenue
  readonly config: string
  readonly store: string
  close(): Promise<void>
}

async function writeSecret(home: string, name: string, text: string): Promise<{ readonly file: string }> {
  const file = join(home, name)
  await writeFile(file, text)
  await chmod(file, 0o600)
  return { file }
}

async function openRepaired(seed: number): Promise<RepairedAccount> {
  const home = await mkdtemp(join(tmpdir(), 'tranchebook-repair-'))
  const venue = await startVenue({ dialect: 'binance', seed })
  const { rest, ws: streams } = venue.served
  const { apiKey, apiSecret } = venue.keys.keys
  const [config, store] = [join(home, 'config.json'), join(home, 'store')]
  const text = {
    positionMode: 'ONE_WAY',
    defaults: { slPercent: '5', tpPercent: '10', driftSettleMs: 500 },
    symbols: { BTCUSDT: {} },
    venue: {
      name: 'binance',
      rest,
      streams,
      apiKey: await writeSecret(home, 'key', apiKey),
      apiSecret: await writeSecret(home, 'secret', apiSecret),
    },
    store: { directory: store },
  }
  await writeFile(config, JSON.stringify(text))
  await runMain(['db', 'migrate', '--directory', store])
  return {
    venue,
    config,
    store,
    close: async () => {
      await venue.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

let account: RepairedAccount | null = null
afterEach(async () => {
  await account?.close()
})

async function ask(...args: readonly string[]): Promise<Collected> {
  return runMain([...args, '--config', account!.config])
}

/** Somebody trades past the books. */
function tradeByHand(quantity: string): void {
  const order = { ...PLAIN_SPEC, symbol: 'BTCUSDT', side: 'BUY', positionSide: 'BOTH', type: 'MARKET' } as const
  const spec = { ...order, quantity: parseQuantity(quantity), clientOrderId: `web_${quantity}` }
  placeOrder(account!.venue.exchange, 'main', spec)
}

describe('the repair commands, at a venue over its sockets', () => {
  it('find a position without a stop, exit 8, adopt it, and find it protected', async () => {
    account = await openRepaired(7)
    expect(await ask('verify-protection')).toEqual({ exitCode: EXIT.fine, stdout: 'nothing is open\n', stderr: '' })
    tradeByHand('0.05')
    const bare = await ask('verify-protection')
    expect(bare.exitCode).toBe(EXIT.uncovered)
    expect(bare.stdout).toMatch(/BTCUSDT +LONG +0\.05 +0 +0\.05 +T1 0\.05/)
    expect(bare.stdout).toContain('NOT PROTECTED')
    const dry = await ask('adopt', '--dry-run')
    expect(dry.exitCode).toBe(EXIT.fine)
    expect(dry.stdout).toMatch(/would book BTCUSDT: .*0\.05/)
    expect(dry.stdout).toMatch(/would send BTCUSDT: stop for T1/)
    const { exitCode, stdout } = await ask('adopt')
    expect([exitCode, stdout]).toEqual([EXIT.fine, expect.stringMatching(/send BTCUSDT: stop for T1/) as unknown])
    const covered = await ask('verify-protection', '--json')
    expect(covered.exitCode).toBe(EXIT.fine)
    expect(JSON.parse(covered.stdout)).toMatchObject({
      schema: 'tranchebook/verify-protection/1',
      isProtected: true,
      positions: [{ symbol: 'BTCUSDT', quantity: '0.05', uncovered: '0' }],
    })
    expect((await ask('protect', '--dry-run')).stdout).toContain('nothing to do')
    const listed = await runMain(['position', 'list', '--directory', account.store])
    expect(listed.stdout).toMatch(/BTCUSDT {3}LONG .* yes/)
  }, 120_000)

  it('give an adoption up again: the position stays, without a stop, and says so', async () => {
    account = await openRepaired(8)
    tradeByHand('0.05')
    // What was traded in the second or so before a book begins is booked as a trade, and is nothing to give up.
    await setTimeout(2500)
    expect((await ask('adopt')).exitCode).toBe(EXIT.fine)
    const dry = await ask('adopt', '--roll-back', '--dry-run')
    expect([dry.exitCode, dry.stdout]).toEqual([EXIT.fine, expect.stringContaining('would cancel BTCUSDT') as unknown])
    const { exitCode, stdout } = await ask('adopt', '--roll-back')
    expect([exitCode, stdout]).toEqual([EXIT.uncovered, expect.stringContaining('NOT PROTECTED') as unknown])
  })

  it('examine the account, look beside the process that owns it, and have that process repair', async () => {
    account = await openRepaired(9)
    const { exitCode, stdout } = await ask('doctor', '--json')
    expect(exitCode).toBe(EXIT.fine)
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'tranchebook/doctor/1', venue: 'binance', isFit: true })
    const { config } = account
    const configured = await readRunConfig(config, terminalOf())
    const request = { config, mode: 'trade', page: true } as const
    const { signal } = new AbortController()
    const owner = await openAccount({ request, configured, stakes: 'SIM', signal })
    try {
      expect((await ask('verify-protection')).stdout).toContain('nothing is open')
      const { url, token } = (await readOwnerRecord(account.store)) ?? {}
      const { budget } = await connectDashboard({ url: url ?? '', token: token ?? '' }).health()
      expect(budget?.weight.used).toBeGreaterThan(0)
      expect(budget?.weight.limit).toBeGreaterThan(budget?.weight.used ?? Infinity)
      expect(await ask('protect')).toEqual({
        exitCode: EXIT.fine,
        stdout: 'nothing to do\nnothing is open\n',
        stderr: `the process ${process.pid} owns the account and is asked\n`,
      })
      tradeByHand('0.05')
      const adopted = await ask('adopt')
      expect([adopted.exitCode, adopted.stdout]).toEqual([EXIT.fine, expect.stringContaining('protected\n')])
      const back = await ask('adopt', '--roll-back', '--dry-run')
      expect(back.stdout).toContain('nothing to do')
    } finally {
      await owner.close()
    }
  })

  it('refuse what they cannot do, in three lines', async () => {
    account = await openRepaired(10)
    const live = await ask('verify-protection', '--live')
    expect(live.exitCode).toBe(EXIT.usage)
    for (const args of [
      ['protect', '--symbol', 'NOPEUSDT'],
      ['verify-protection', '--symbol', 'NOPEUSDT'],
      ['adopt', '--roll-back', 'T99', '--dry-run'],
      ['adopt', '--roll-back', 'T99'],
    ]) {
      const unknown = await ask(...args)
      expect([args, unknown.exitCode, unknown.stdout]).toEqual([args, EXIT.refused, ''])
      expect(unknown.stderr.trimEnd().split('\n')).toHaveLength(3)
    }
    const { paper } = await writeFiles({ paper: '{}' })
    expect((await runMain(['doctor', '--config', paper!])).stderr).toContain('say which account of the venue is meant')
  })
})
