import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stateHash } from '@tranchebook/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { histories } from '../src/arbitraries/histories.js'
import { runLines } from './run-lines.js'

const SCRIPT = fileURLToPath(new URL('print-state.ts', import.meta.url))
const SEED = 4_711

/** Runs the same inputs in a process of its own, in another time zone and locale. */
function runElsewhere(told: object): string {
  const env = { ...process.env, TZ: 'Asia/Kathmandu', LC_ALL: 'C' }
  const flags = ['--conditions=@tranchebook/source', '--import', 'tsx']
  const ran = spawnSync(process.execPath, [...flags, SCRIPT], { input: JSON.stringify(told), encoding: 'utf8', env })
  expect(ran.stderr).toBe('')
  return ran.stdout.trimEnd()
}

it('gives the same events and the same state, byte for byte, in another process', () => {
  for (const { config, inputs } of fc.sample(histories({ maxLength: 120 }), { seed: SEED, numRuns: 3 })) {
    const { book, events } = runLines(inputs, { config })
    const here = [stateHash(book), ...events.map((event) => JSON.stringify(event))].join('\n')
    expect(runElsewhere({ inputs, config })).toBe(here)
  }
}, 60_000)
