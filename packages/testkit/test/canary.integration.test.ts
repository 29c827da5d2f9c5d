import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { canaries } from './benches/served-bench.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const script = fileURLToPath(new URL('canary/speak-out.ts', import.meta.url))

function textsBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
}

it('no key shows up in anything that a run of the contract prints or writes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'canary-'))
  const options = ['--conditions=@tranchebook/source', '--import', 'tsx', '--report-uncaught-exception', script]
  const child = spawn(process.execPath, options, {
    cwd: root,
    env: { ...process.env, HOME: directory, TMPDIR: directory, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  const said = [output, errors, ...textsBelow(directory)]
  rmSync(directory, { recursive: true })

  expect({ code: child.exitCode, errors }).toMatchObject({ code: 0 })
  expect(output.match(/ VE-\d+ kept/g)?.length).toBeGreaterThan(60)
  expect(output).toContain('venue.credentials.refused')
  expect(canaries().filter((secret) => said.some((words) => words.includes(secret)))).toEqual([])
})
