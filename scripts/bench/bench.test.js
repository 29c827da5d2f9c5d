import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { findBenches } from './find-benches.js'

const script = fileURLToPath(new URL('../bench.js', import.meta.url))

/** @param {...string} words */
const bench = (...words) => spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' })

it('finds NAME.bench.ts in the bench folder of every package', () => {
  const root = mkdtempSync(join(tmpdir(), 'bench-'))
  for (const folder of ['core/bench', 'core/src', 'store'])
    mkdirSync(join(root, 'packages', folder), { recursive: true })
  for (const file of ['core/bench/fold.bench.ts', 'core/bench/market.ts', 'core/src/fold.bench.ts']) {
    writeFileSync(join(root, 'packages', file), '')
  }
  expect(findBenches(root)).toEqual([{ name: 'fold', file: 'packages/core/bench/fold.bench.ts' }])
  rmSync(root, { recursive: true })
})

it.each([
  [['no-such-bench', '--json'], 'bench: no benchmark is called «no-such-bench»'],
  [['one', 'two'], 'bench: one name at a time, got one, two'],
  [['one', '--yaml'], 'bench: unknown option --yaml, expected NAME [--json]'],
])('refuses %s, with nothing on standard output', (words, message) => {
  const { status, stdout, stderr } = bench(...words)
  expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({ status: 2, stdout: '', first: message })
})

it('lists the names when none is given', () => {
  const { status, stdout } = bench()
  expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'Benchmarks:' })
})
