import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { BookEvent } from '@tranchebook/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readAndPlay } from '../src/run/read-and-play.js'
import { terminalOf } from '../src/terminal.js'
import { example, line, writeFiles } from './collect.js'
import { BIN, buildBin, runBin } from './run-bin.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-page-'))
const running: ChildProcess[] = []

beforeAll(buildBin)

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Starts the page of a file; gives its process, its link, and how the account stands by its API. */
async function openPage(
  file: string,
): Promise<{ readonly child: ChildProcess; readonly url: string; readonly pid: number; readonly state: unknown }> {
  const args = [BIN, 'dashboard', '--file', file, '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  running.push(child)
  const [first] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url, pid } = JSON.parse(first) as { readonly url: string; readonly pid: number }
  const opened = await fetch(url, { redirect: 'manual' })
  expect(opened.status).toBe(303)
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const state = await fetch(new URL('/api/state', url), { headers: { cookie } })
  return { child, url, pid, state: await state.json() }
}

describe('tranchebook dashboard', () => {
  it('shows a recording to whoever opens its link first, until it is interrupted', async () => {
    const { child, url, pid, state } = await openPage(example('scaled-take-profit'))
    expect(pid).toBe(child.pid)
    expect(state).toMatchObject({ badge: 'RECORDED', title: 'scaled-take-profit.jsonl', isReadOnly: true })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says on the page too which books of a log it leaves out, and why', async () => {
    const { played } = await readAndPlay(example('guide-story'), {}, terminalOf())
    const events = played.books[0]?.events ?? []
    const linesOf = (symbol: string, all: readonly BookEvent[]): string =>
      all.map((event) => line({ stream: `main/${symbol}`, event }).replaceAll('BTCUSDT', symbol)).join('\n')
    const torn = [...events.slice(0, 1), ...events.slice(3)]
    const { log } = await writeFiles({ log: `${linesOf('SOLUSDT', torn)}\n${linesOf('ETHUSDT', events)}` })
    const { state } = await openPage(log ?? '')
    expect(state).toMatchObject({
      books: 1,
      health: { status: 'recorded', reasons: [{ code: 'bookLeftOut', symbol: 'SOLUSDT', level: 'halted' }] },
    })
    expect(JSON.stringify(state)).toMatch(
      /not shown: the log of main\/SOLUSDT does not fold: line \d+; expected an event/,
    )
  })

  it.each([
    [['--directory', folder], 'no database in'],
    [['--file', join(folder, 'none.jsonl')], 'cannot read'],
  ])('refuses %j', (args, words) => {
    const ran = runBin(['dashboard', ...args])
    expect([ran.code, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toContain(words)
  })
})
