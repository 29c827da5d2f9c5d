import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = new URL('replaying-an-incident.ts', import.meta.url)
const page = readFileSync(new URL('../../docs/replaying-an-incident.md', import.meta.url), 'utf8')

it('the page shows the code that runs here, and what it prints', () => {
  const run = ['--conditions=@tranchebook/source', '--import', 'tsx', fileURLToPath(script)]
  const printed = execFileSync(process.execPath, run).toString()
  expect(printed).toContain('version 11 of 12: T2 is closed')
  expect(page).toContain(readFileSync(script, 'utf8').trim())
  expect(page).toContain(printed)
}, 30_000)
