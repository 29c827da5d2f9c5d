import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { replay } from './replay-events.js'
import { stateHash } from './state-hash.js'
import { upcast } from './upcast/upcast.js'

const LOG = JSON.parse(readFileSync(new URL('./upcast/fixtures/v1.json', import.meta.url), 'utf8')) as unknown[]
const PRINTER = fileURLToPath(new URL('../../test/processes/print-state-hash.ts', import.meta.url))

/** The same JSON with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, turned(entry)]),
  )
}

function hashInAnotherProcess(log: unknown, env: Readonly<Record<string, string>>): string {
  const args = ['--import', 'tsx', '--conditions', '@tranchebook/source', PRINTER]
  return execFileSync(process.execPath, args, {
    input: JSON.stringify(log),
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    encoding: 'utf8',
  })
}

describe('the state hash of one log', () => {
  it('is the same in other processes, with another locale and time zone, and with keys in another order', () => {
    const here = stateHash(replay(LOG.map((event, index) => upcast(event, { stream: 'here', version: index + 1 }))))
    expect(hashInAnotherProcess(LOG, { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(here)
    expect(hashInAnotherProcess(turned(LOG), { TZ: 'America/St_Johns', LANG: 'C' })).toBe(here)
  })
})
