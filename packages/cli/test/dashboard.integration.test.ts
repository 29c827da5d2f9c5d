import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { example } from './collect.js'
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

describe('tranchebook dashboard', () => {
  it('shows a recording to whoever opens its link first, until it is interrupted', async () => {
    const args = [BIN, 'dashboard', '--file', example('scaled-take-profit'), '--json']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    running.push(child)
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { url, pid } = JSON.parse(line) as { readonly url: string; readonly pid: number }
    expect(pid).toBe(child.pid)

    const opened = await fetch(url, { redirect: 'manual' })
    expect(opened.status).toBe(303)
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const state = await fetch(new URL('/api/state', url), { headers: { cookie } })
    expect(await state.json()).toMatchObject({ badge: 'RECORDED', title: 'scaled-take-profit.jsonl', isReadOnly: true })
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
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
