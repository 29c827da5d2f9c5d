import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BookEvent, explainEvent } from '@tranchebook/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { type Collected, example, line, runMain, writeFiles } from './collect.js'
import { SYMBOL, writeTradedStore } from './traded-store.js'

let home = ''
let events: readonly BookEvent[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tranchebook-books-'))
  events = await writeTradedStore(join(home, 'store'))
})
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

async function onStore(...args: readonly string[]): Promise<Collected> {
  return runMain([...args, '--directory', join(home, 'store')])
}

function json(text: string): unknown {
  return JSON.parse(text)
}

describe('tranchebook position', () => {
  it('list says what is held and whether it is protected', async () => {
    const { exitCode, stdout, stderr } = await onStore('position', 'list')
    expect([exitCode, stderr]).toEqual([EXIT.fine, ''])
    expect(stdout.split('\n')).toEqual([
      'SYMBOL    SIDE    QUANTITY     AVERAGE     MARK   UNREALIZED   REALIZED   TRANCHES         PROTECTED',
      'BTCUSDT   LONG        0.11   50 727.27   50 040       −75.60     +60.00   1 active 1 iso   yes',
      'BTCUSDT   SHORT       0.02   50 040.00   50 040         0.00       0.00   1 active         yes',
      '',
    ])
  })

  it('list says since when what is not protected, as of a log that ends there', async () => {
    const lost = events.findIndex(({ type }) => type === 'ProtectionLost') + 1
    const { log } = await writeFiles({ log: events.slice(0, lost).map(line).join('\n') })
    const { stdout } = await runMain(['position', 'list', '--file', log!])
    expect(stdout).toContain('NO for 0 ms: T1 0.1')
    const answer = json((await runMain(['position', 'list', '--file', log!, '--json'])).stdout)
    expect(answer).toMatchObject({
      schema: 'tranchebook/positions/1',
      positions: [{ protected: false, uncovered: [{ tranche: 'T1', quantity: '0.1' }], unprotectedMs: 0 }],
    })
  })

  it('list says nothing of the protection of inputs, for which nobody sent orders', async () => {
    const { stdout } = await runMain(['position', 'list', '--file', example('isolation'), '--json'])
    expect(json(stdout)).toMatchObject({ positions: [{ quantity: '0.0005', protected: null }] })
    const flat = await runMain(['position', 'list', '--file', example('guide-story')])
    expect([flat.stdout, flat.stderr]).toEqual(['', 'no position is open; --all shows those that were\n'])
    expect((await runMain(['position', 'list', '--file', example('guide-story'), '--all'])).stdout).toContain('+25.00')
  })

  it('show draws the ladder: targets, entries and stops of each tranche, and the mark through all', async () => {
    const { stdout } = await onStore('position', 'show', SYMBOL)
    expect(stdout).toContain(`
 55 728 ┤                                 ○ TP3
 54 180 ┤                                 ○ TP2
 54 000 ┤ ○ TP3                           ▒
 53 148 ┤ ┃                               ○ TP1
 52 500 ┤ ○ TP2                           ▒
 51 600 ┤ ┃                               ◆ entry T2
 51 500 ┤ ● TP1 hit                       ▒
 50 040 ┼╌┃ ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▒ ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ mark
 50 000 ┤ ◆▬ entry first, stop (ladder)   ▒
 49 536 ┤                                 ▬ stop
        └ 0.06/0.1                        0.05 isolated −3.02 %
`)
    expect(stdout).toMatch(/main\/BTCUSDT SHORT[\s\S]*breakeven {8}49 989\.99 USDT, fees included/)
  })

  it('names the symbol that was meant', async () => {
    const { exitCode, stderr } = await onStore('position', 'show', 'BTCUSD')
    expect(exitCode).toBe(EXIT.badInput)
    expect(stderr.split('\n')).toEqual([
      'tranchebook: no book of symbol BTCUSD',
      '  expected one of BTCUSDT; got BTCUSD',
      '  did you mean BTCUSDT?',
      '',
    ])
  })

  it('watch looks once at a file, since nothing of it changes', async () => {
    const watched = await runMain(['position', 'watch', '--file', example('isolation'), '--json'])
    const listed = await runMain(['position', 'list', '--file', example('isolation'), '--json'])
    expect(json(watched.stdout)).toEqual(json(listed.stdout))
  })
})

describe('tranchebook tranche', () => {
  it('list shows what is open, or all', async () => {
    const open = json((await onStore('tranche', 'list', '--json')).stdout)
    expect(open).toMatchObject({
      schema: 'tranchebook/tranches/1',
      tranches: [
        { id: 'T1', label: 'first' },
        { id: 'T2', isolated: true },
        { id: 'T3', side: 'SHORT' },
      ],
    })
    const file = ['tranche', 'list', '--file', example('isolation')]
    expect((await runMain(file)).stdout).not.toContain('T2')
    expect((await runMain([...file, '--all'])).stdout).toContain('T2')
  })

  it('show tells levels, exits and story of one', async () => {
    const { stdout } = await onStore('tranche', 'show', 'first')
    expect(stdout).toMatch(/● TP1 {3}51 500 {6}3 % {5}0\.04 {5}0\.04/)
    expect(stdout).toMatch(/0\.04 {3}51 500\.00 {5}\+60\.00 {3}0\.41 {3}takeProfit/)
    expect(stdout).toContain('stop 48 000 → 50 000')
    const shown = json((await onStore('tranche', 'show', 'T1', '--json')).stdout)
    expect(shown).toMatchObject({ schema: 'tranchebook/tranche/1', tranche: { id: 'T1', realizedPnl: '60' } })
    expect((await onStore('tranche', 'show', 'frist')).stderr).toContain('did you mean first?')
  })
})

describe('tranchebook log', () => {
  it('tail prints the newest events, and why', async () => {
    const { stdout } = await onStore('log', 'tail', '-n', '3')
    const newest = events.slice(-3).map((event, index) => `${events.length - 2 + index}  ${explainEvent(event)}`)
    for (const text of newest) expect(stdout).toContain(`2026-01-05 09:00:12  main/BTCUSDT ${text}\n`)
    const isolated = events.find(({ type }) => type === 'TrancheIsolated')
    const whole = (await onStore('log', 'tail', '-n', '1000')).stdout
    expect(whole).toContain(`${explainEvent(isolated!)}\n`)
    expect(whole).toContain('a loss of 3 % isolates')
    const lines = (await onStore('log', 'tail', '-n', '1000', '--json')).stdout.trimEnd().split('\n')
    expect(lines.map(json)).toEqual(
      events.map((event, index) => ({ stream: 'main/BTCUSDT', version: index + 1, event })),
    )
  })

  it('explain tells the same of a store as of its exported log', async () => {
    const { log } = await writeFiles({ log: (await onStore('log', 'export')).stdout })
    const told = await onStore('log', 'explain', 'first')
    expect(told.stdout).toContain('TP1 (3 %) reached by its own order; 40 % of the original quantity')
    expect((await runMain(['log', 'explain', 'first', '--file', log!])).stdout).toBe(told.stdout)
    expect((await runMain(['explain', log!, 'first'])).stdout).toBe(told.stdout)
  })

  it('diff shows what an event changed', async () => {
    const moved = events.findIndex(({ type }) => type === 'StopMoved') + 1
    const { stdout } = await onStore('log', 'diff', 'main/BTCUSDT', '--to', String(moved))
    expect(stdout).toContain('stop of T1 48 000 → 50 000')
    expect(stdout).toMatch(/LONG T1 {3}stopPrice {2,}48000 {2,}50000/)
    const answer = json((await onStore('log', 'diff', 'main/BTCUSDT', '--to', String(moved), '--json')).stdout)
    expect(answer).toMatchObject({ schema: 'tranchebook/log-diff/1', from: moved - 1, to: moved })
    expect((await onStore('log', 'diff', 'main/BTCUSDT', '--from', '9999')).exitCode).toBe(EXIT.badInput)
    expect((await onStore('log', 'diff', 'BTCUSDT')).exitCode).toBe(EXIT.usage)
  })

  it('replay folds to the same state as the exported log, also at an earlier version', async () => {
    const { log } = await writeFiles({ log: (await onStore('log', 'export')).stdout })
    for (const until of [[], ['--until', '20']] as const)
      expect((await onStore('log', 'replay', '--json', ...until)).stdout).toBe(
        (await runMain(['replay', log!, '--json', ...until])).stdout,
      )
  })

  it('replay --until 0 shows no book: none has begun', async () => {
    const { exitCode, stdout } = await onStore('log', 'replay', '--until', '0', '--json')
    expect(exitCode).toBe(EXIT.fine)
    expect(json(stdout)).toMatchObject({ events: 0, books: [] })
    const { log } = await writeFiles({ log: events.map(line).join('\n') })
    for (const args of [
      ['log', 'replay', '--until', '0', '--file', log!],
      ['log', 'replay', '--until', '0', '--directory', join(home, 'store')],
    ])
      expect((await runMain(args)).exitCode).toBe(EXIT.fine)
  })

  it('replay --again says what would be decided otherwise today, exit 5', async () => {
    const { exitCode, stdout } = await onStore('log', 'replay', '--again')
    expect(exitCode).toBe(EXIT.different)
    expect(stdout).toContain('takeProfitPercent: recorded "8", now "5"')
  })

  it('verify says whether the log is whole', async () => {
    const { exitCode, stdout } = await onStore('log', 'verify')
    expect([exitCode, stdout]).toEqual([EXIT.fine, `clean: ${events.length} events of 1 streams read\n`])
  })
})

describe('tranchebook report', () => {
  it('verify finds the store as the other commands do', async () => {
    vi.stubEnv('TRANCHEBOOK_DIRECTORY', join(home, 'store'))
    const { exitCode, stdout } = await runMain(['log', 'verify'])
    vi.unstubAllEnvs()
    expect([exitCode, stdout]).toEqual([EXIT.fine, expect.stringMatching(/^clean: /)])
  })

  it('cuts the results every way, and they add up', async () => {
    const answer = json((await onStore('report', '--json')).stdout)
    expect(answer).toMatchObject({
      schema: 'tranchebook/report/1',
      books: [{ symbol: SYMBOL, analytics: { pnl: { total: { realizedPnl: '60' } }, isolation: { count: 1 } } }],
    })
    const { stdout } = await runMain(['report', '--file', example('guide-story'), '--by', 'tranche', '--csv'])
    expect(stdout.split('\n')).toEqual([
      'account,symbol,tranche,side,realizedPnl,fees,funding,netPnl,unrealizedPnl,totalPnl,count',
      'main,BTCUSDT,T1,LONG,5,0.5025,0,4.4975,0,4.4975,1',
      'main,BTCUSDT,T2,LONG,9,0.4825,0,8.5175,0,8.5175,1',
      'main,BTCUSDT,T3,LONG,11,0.4875,0,10.5125,0,10.5125,1',
      '',
    ])
    for (const cut of ['tranche', 'entry', 'exit', 'cycle'])
      expect((await runMain(['report', '--file', example('guide-story'), '--by', cut])).stdout).toMatch(
        /total +\+25\.00/,
      )
    expect((await onStore('report')).stdout).toContain('1 isolations, 1 last')
    expect((await onStore('report', '--by', 'equity')).stdout).toContain('EQUITY')
  })
})

describe('text of others', () => {
  it('reaches no terminal as it is: a label cannot colour, move or break lines', async () => {
    const evil = 'x\u001b[2J\u009b31m\u202e\ny'
    const fill = { type: 'fill', time: 1, symbol: SYMBOL, side: 'BUY', positionSide: 'LONG', quantity: '1', price: '5' }
    const { file } = await writeFiles({ file: line({ ...fill, tranche: evil }) })
    const shown = 'x\\u001b[2J\\u009b31m\\u202e\\u000ay'
    const commands = [
      ['replay', file!],
      ['tranche', 'list', '--file', file!],
      ['tranche', 'show', evil, '--file', file!],
      ['position', 'show', SYMBOL, '--file', file!],
      ['explain', file!, 'T1'],
      ['log', 'tail', '--file', file!],
    ]
    const unsafe = new RegExp('(?!\\n)[\\p{Cc}\\u202e]', 'u')
    for (const command of commands) {
      const { exitCode, stdout } = await runMain(command)
      expect({ command, exitCode, isUnsafe: unsafe.test(stdout) }).toEqual({ command, exitCode: 0, isUnsafe: false })
    }
    expect((await runMain(['replay', file!])).stdout).toContain(shown)
    const tranches = json((await runMain(['tranche', 'list', '--file', file!, '--json'])).stdout)
    expect(tranches).toMatchObject({ tranches: [{ label: evil }] })
  })
})
