import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type BookEvent, parsePrice } from '@tranchebook/core'
import { movePrice, setMark } from '@tranchebook/simulator'
import { recordEvents } from '@tranchebook/store'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { main } from '../src/main.js'
import { type Terminal, terminalOf } from '../src/terminal.js'
import { type Collected, runMain } from './collect.js'
import { openOwned, type OwnedAccount } from './owned-account.js'
import { SYMBOL } from './traded-store.js'

let directory = ''
let owned: OwnedAccount | null = null

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tranchebook-owned-'))
  owned = await openOwned(directory)
})
afterAll(async () => {
  await owned?.close()
  await rm(directory, { recursive: true, force: true })
})

async function ask(...args: readonly string[]): Promise<Collected> {
  return runMain([...args, '--directory', directory])
}

/** The market moves. */
function moveTo(price: string): void {
  const { exchange } = owned!.stage
  movePrice(exchange, { symbol: SYMBOL, to: parsePrice(price), axis: 'both', isGap: false })
  setMark(exchange, SYMBOL, parsePrice(price))
}

function json(text: string): unknown {
  return JSON.parse(text)
}

describe('while a process owns the account', () => {
  it('commands that look ask it', async () => {
    const { exitCode, stdout } = await ask('position', 'list')
    expect(exitCode).toBe(EXIT.fine)
    expect(stdout).toMatch(/BTCUSDT {3}LONG {8}0\.11 .* 1 active 1 iso {3}yes/)
    const told = (await ask('tranche', 'show', 'first', '--json')).stdout
    expect(json(told)).toMatchObject({ tranche: { id: 'T1', realizedPnl: '60' } })
    expect((await ask('log', 'explain', 'first')).stdout).toContain('stop 48 000 → 50 000')
    expect((await ask('report', '--json')).exitCode).toBe(EXIT.fine)
    expect((await ask('log', 'replay', '--until', '0')).exitCode).toBe(EXIT.fine)
  })

  it('one that changes something says first what it would do', async () => {
    const { exitCode, stdout } = await ask('tranche', 'close', 'first', '--quantity', '0.02', '--dry-run')
    expect(exitCode).toBe(EXIT.fine)
    expect(stdout).toContain('Closes 0.02 at market of T1 in BTCUSDT')
    expect(stdout).toContain('would send exit: SELL 0.020 at market for T1 (BTCUSDT)')
    expect(json((await ask('tranche', 'list', '--json')).stdout)).toMatchObject({
      tranches: [{ quantity: '0.06' }, {}, {}],
    })
  })

  it('has it label, close, isolate and merge, with the name of who asked', async () => {
    expect((await ask('tranche', 'label', 'T3', 'hedge')).stdout).toContain('BTCUSDT: done')
    const closed = await ask('tranche', 'close', 'hedge', '--json')
    expect(closed.exitCode).toBe(EXIT.fine)
    expect(json(closed.stdout)).toMatchObject({
      schema: 'tranchebook/action/1',
      accepted: true,
      action: { command: 'closeTranche', symbol: SYMBOL, tranche: 'T3' },
      results: [{ events: [{ type: 'OrderIntended' }] }],
    })
    expect((await ask('tranche', 'isolate', 'first')).exitCode).toBe(EXIT.fine)
    expect((await ask('tranche', 'merge', 'first', 'T2')).exitCode).toBe(EXIT.fine)
    const { stdout } = await ask('log', 'tail', '--json', '-n', '1000')
    expect(stdout).toMatch(/"actor":"cli:[^"]+"/)
    expect(stdout).toContain('"type":"TrancheMerged"')
  })

  it('opens a tranche, which counts once its entry has filled', { timeout: 60_000 }, async () => {
    const market = setInterval(() => {
      moveTo('50900')
    }, 10)
    onTestFinished(() => {
      clearInterval(market)
    })
    const entry = ['tranche', 'open', SYMBOL, '--side', 'LONG', '--quantity', '0.01', '--label', 'by hand']
    const soon = { timeout: 20_000 }
    await expect
      .poll(async () => (await ask(...entry, '--dry-run')).stdout, soon)
      .toContain('would send entry: BUY 0.010 at market')
    await expect.poll(async () => (await ask(...entry)).stdout, soon).toContain('BTCUSDT: done')
    await expect
      .poll(async () => json((await ask('tranche', 'list', '--json')).stdout), soon)
      .toMatchObject({ tranches: expect.arrayContaining([expect.objectContaining({ label: 'by hand' })]) as unknown })
    const sideless = await ask('tranche', 'open', SYMBOL, '--quantity', '0.01')
    expect([sideless.exitCode, sideless.stderr]).toEqual([EXIT.usage, expect.stringContaining('--side') as unknown])
  })

  it('switches entries off and on; what closes everything needs a yes', async () => {
    const entry = ['tranche', 'open', SYMBOL, '--side', 'LONG', '--quantity', '0.01', '--dry-run']
    expect(await ask('position', 'pause')).toMatchObject({
      exitCode: EXIT.fine,
      stdout: expect.stringContaining('done') as unknown,
    })
    expect((await ask(...entry)).exitCode).toBe(EXIT.refused)
    expect((await ask('position', 'resume', SYMBOL)).exitCode).toBe(EXIT.fine)
    const { exitCode, stdout, stderr } = await ask('position', 'close-all')
    expect([exitCode, stdout]).toEqual([EXIT.usage, expect.stringContaining('closes everything')])
    expect(stderr).toBe('NOTHING WAS DONE: say --yes to do it\n')
    const dry = await ask('position', 'close-all', '--yes', '--dry-run')
    expect(dry).toMatchObject({ exitCode: EXIT.fine, stderr: 'nothing was done: a dry run\n' })
    expect((await ask('log', 'tail', '--json', '-n', '1000')).stdout).not.toContain('killSwitch')
    expect(await ask('position', 'pause', 'NOPE')).toMatchObject({ exitCode: EXIT.refused })
  })

  it('moves stops and targets, and changes options, once it has said what would change', async () => {
    const stopOf = async (): Promise<unknown> => json((await ask('tranche', 'show', 'first', '--json')).stdout)
    const dry = await ask('tranche', 'move-stop', 'first', '50100', '--dry-run')
    expect([dry.exitCode, dry.stdout]).toEqual([
      EXIT.fine,
      expect.stringContaining('Moves the stop of T1 in BTCUSDT to 50100'),
    ])
    expect((await ask('tranche', 'move-stop', 'first', '50100')).exitCode).toBe(EXIT.fine)
    expect(await stopOf()).toMatchObject({ tranche: { stopLossPrice: '50100' } })
    expect((await ask('tranche', 'move-stop', 'first', '50050')).stdout).toContain('only moves in its favour')
    expect((await ask('tranche', 'move-stop', 'first', '50050', '--force')).exitCode).toBe(EXIT.fine)
    expect((await ask('tranche', 'move-target', 'first', '--dry-run')).stdout).toMatch(/target of T1|no single target/)

    const set = ['config', 'set', SYMBOL, 'driftPolicy=ALERT', 'slPercent=3.5']
    const asked = await ask(...set, '--dry-run')
    expect(asked.exitCode).toBe(EXIT.fine)
    expect(asked.stdout).toMatch(/ {2}driftPolicy: "ADOPT" → "ALERT"\n/)
    expect(asked.stdout).toMatch(/ {2}slPercent: .* → "?3\.5/)
    expect((await ask(...set)).stdout).toContain('BTCUSDT: done')
    expect(await ask(...set)).toMatchObject({ exitCode: EXIT.refused })
    const wrong = await ask('config', 'set', SYMBOL, 'driftPolicy=SHRUG')
    expect([wrong.exitCode, wrong.stdout]).toEqual([EXIT.refused, expect.stringContaining('cannot: driftPolicy')])
    const word = await ask('config', 'set', SYMBOL, 'driftPolicy')
    expect([word.exitCode, word.stderr]).toEqual([EXIT.usage, expect.stringContaining('as name=value')])
    const calm = await ask('position', 'resolve', SYMBOL, '--note', 'looked')
    expect([calm.exitCode, calm.stdout]).toEqual([EXIT.refused, expect.stringContaining('no conflict')])
  })

  it('is not asked what cannot be meant: malformed figures are exit 64, a symbol that is not there is named', async () => {
    for (const args of [
      ['close', 'first', '--quantity', 'abc'],
      ['close', 'first', '--price', '-1'],
      ['open', SYMBOL, '--side', 'LONG', '--quantity', '0'],
      ['move-stop', 'first', 'x'],
    ]) {
      const { exitCode, stdout, stderr } = await ask('tranche', ...args)
      expect([exitCode, stdout]).toEqual([EXIT.usage, ''])
      expect(stderr).toContain('above 0 as a plain decimal; got ')
    }
    expect((await ask('tranche', 'close', 'first', '--symbol', 'XXX')).stderr).toContain('no book of symbol XXX')
  })

  it('says why something was refused, exit 4', async () => {
    const { exitCode, stdout } = await ask('tranche', 'add', 'first', '--quantity', '1000000')
    expect(exitCode).toBe(EXIT.refused)
    expect(stdout).toMatch(/refused|cannot/)
    const unknown = await ask('tranche', 'close', 'frist')
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      EXIT.badInput,
      expect.stringContaining('did you mean first?') as unknown,
    ])
  })
})

describe('while a process owns the account, log export', () => {
  it('prints its log, byte for byte as it is kept', async () => {
    const { exitCode, stdout } = await ask('log', 'export')
    expect(exitCode).toBe(EXIT.fine)
    const kept: string[] = []
    for await (const { stream, version, event } of owned!.stage.store.read(`main/${SYMBOL}`))
      kept.push(`${JSON.stringify({ stream, version, event })}\n`)
    expect(stdout.startsWith(kept.slice(0, 50).join(''))).toBe(true)
    const file = join(directory, 'log.jsonl')
    expect(await ask('log', 'export', `main/${SYMBOL}`, '-o', file)).toEqual({
      exitCode: EXIT.fine,
      stdout: '',
      stderr: '',
    })
    const replayed = await runMain(['replay', file, '--json'])
    expect([replayed.exitCode, json(replayed.stdout)]).toMatchObject([EXIT.fine, { books: [{ symbol: SYMBOL }] }])
    const unknown = await ask('log', 'export', 'main/OTHER')
    expect([unknown.exitCode, unknown.stdout]).toEqual([EXIT.badInput, ''])
    expect(unknown.stderr).toContain('no stream is called main/OTHER')
  })
})

describe('while a process owns the account, a repair', () => {
  it('is done by that process, which records who asked', async () => {
    const dry = await ask('protect', '--dry-run', '--json')
    expect([dry.exitCode, json(dry.stdout)]).toMatchObject([
      EXIT.fine,
      { schema: 'tranchebook/protect/1', isDryRun: true, protection: { isProtected: true } },
    ])
    const { exitCode, stdout, stderr } = await ask('reconcile', '--symbol', SYMBOL)
    expect([exitCode, stderr]).toEqual([EXIT.fine, `the process ${process.pid} owns the account and is asked\n`])
    expect(stdout).toMatch(/^nothing to do\n/)
    expect((await ask('log', 'tail', '-n', '1000')).stdout).toMatch(/cli:\S+ asked to compare with the venue/)
  })

  it('is refused where it runs with other stakes, or does not know the symbol, exit 4', async () => {
    const live = await ask('adopt', '--live')
    expect([live.exitCode, live.stderr]).toEqual([
      EXIT.refused,
      expect.stringContaining('expected one that runs LIVE, as the configuration and the command line say; got SIM'),
    ])
    const unknown = await ask('protect', '--symbol', 'NOPEUSDT')
    expect([unknown.exitCode, unknown.stderr]).toEqual([EXIT.refused, expect.stringContaining('managed are BTCUSDT')])
  })
})

describe('tranchebook position watch', () => {
  it('prints what is held whenever it is different, until interrupted', async () => {
    const printed: string[] = []
    const terminal: Terminal = {
      ...terminalOf(),
      canClear: false,
      hasColour: false,
      print: (text) => {
        printed.push(text)
        if (printed.length === 1) moveTo('51000')
        else process.emit('SIGINT')
        return Promise.resolve()
      },
    }
    expect(await main(['position', 'watch', '--every', '5', '--directory', directory], terminal)).toBe(EXIT.fine)
    expect(printed).toHaveLength(2)
    expect(printed[1]).toContain('51 000')
  })
})

describe('tranchebook log tail --follow', () => {
  it('goes on with what comes, each event once', async () => {
    const printed: string[] = []
    const terminal: Terminal = {
      ...terminalOf(),
      hasColour: false,
      print: (text) => {
        printed.push(text)
        if (printed.length === 1) moveTo('45000')
        if (text.includes('TrancheClosed')) process.emit('SIGINT')
        return Promise.resolve()
      },
    }
    const args = ['log', 'tail', '--follow', '--json', '-n', '1', '--directory', directory]
    expect(await main(args, terminal)).toBe(EXIT.fine)
    const versions = printed.map((text) => (JSON.parse(text) as { version: number }).version)
    expect(versions).toEqual(versions.map((_, index) => versions[0]! + index))
  })
})

describe('a book of a process that does not fold', () => {
  it('is named, shown by tail and export as it was recorded, and does not hide the others', async () => {
    const other = await mkdtemp(join(tmpdir(), 'tranchebook-torn-'))
    const account = await openOwned(other)
    onTestFinished(async () => {
      await account.close()
      await rm(other, { recursive: true, force: true })
    })
    const { store } = account.stage
    const torn: BookEvent[] = []
    for await (const { event } of store.read(`main/${SYMBOL}`)) if (event.type !== 'TrancheOpened') torn.push(event)
    const events = JSON.parse(JSON.stringify(torn).replaceAll(SYMBOL, 'ETHUSDT')) as readonly BookEvent[]
    await store.append('main/ETHUSDT', recordEvents(events, 0), { expected: 'none', epoch: 1 })
    const there = ['--directory', other]

    const { exitCode, stdout, stderr } = await runMain(['position', 'list', ...there])
    expect(stdout).toMatch(/BTCUSDT {3}LONG/)
    expect(stdout).not.toContain('ETHUSDT')
    expect(stderr).toMatch(/^tranchebook: the log of main\/ETHUSDT does not fold: version \d+, \w+\n/)
    expect(exitCode).toBe(EXIT.badInput)
    for (const command of ['tail', 'export'] as const) {
      const newest = command === 'tail' ? ['-n', '1000'] : []
      const ran = await runMain(['log', command, 'main/ETHUSDT', '--json', ...newest, ...there])
      expect([ran.exitCode, ran.stderr]).toEqual([EXIT.fine, ''])
      expect(ran.stdout.trimEnd().split('\n').map(json)).toMatchObject(events.map((event) => ({ event })))
    }
    const tail = await runMain(['log', 'tail', '-n', '3', ...there])
    expect([tail.exitCode, tail.stdout.match(/main\//g)]).toEqual([EXIT.fine, ['main/', 'main/', 'main/']])
  })
})

describe('a tranche that is not ours any more', () => {
  it('is disowned without an order', async () => {
    const other = await mkdtemp(join(tmpdir(), 'tranchebook-disown-'))
    const account = await openOwned(other)
    const there = ['--directory', other]
    const dry = await runMain(['tranche', 'disown', 'first', '--dry-run', ...there])
    expect(dry.stdout).toMatch(/^Gives T1 of BTCUSDT up without an order/)
    expect((await runMain(['tranche', 'disown', 'first', ...there])).stdout).toContain('BTCUSDT: done')
    const left = json((await runMain(['tranche', 'list', '--json', ...there])).stdout)
    const first: unknown = expect.objectContaining({ id: 'T1' })
    expect(left).toMatchObject({ tranches: expect.not.arrayContaining([first]) as unknown })
    expect((await runMain(['tranche', 'release', 'T3', '--dry-run', ...there])).exitCode).toBe(EXIT.refused)
    await account.close()
    await rm(other, { recursive: true, force: true })
  })
})

describe('where no process owns the account', () => {
  it('nothing can be changed, exit 4', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'tranchebook-nobody-'))
    const { exitCode, stderr } = await runMain(['tranche', 'close', 'T1', '--directory', empty])
    expect(exitCode).toBe(EXIT.refused)
    expect(stderr).toContain(`no process owns the account of ${empty}`)
    const silent = { url: null, token: null, pid: process.pid, account: 'main' }
    await writeFile(join(empty, 'process.json'), JSON.stringify(silent))
    expect((await runMain(['position', 'list', '--directory', empty])).stderr).toContain('answers nobody')
    await writeFile(join(empty, 'process.json'), JSON.stringify({ ...silent, url: 'http://127.0.0.1:1', token: 'x' }))
    const gone = await runMain(['position', 'list', '--directory', empty])
    expect([gone.exitCode, gone.stderr.split('\n')]).toHaveLength(2)
    expect(gone.exitCode).toBe(EXIT.refused)
    await rm(empty, { recursive: true })
  })
})
