import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { HEALTH_STATUSES } from '../src/report/health.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

it('the runbook has a heading for each status and each reason of health, and none that does not exist', () => {
  const codes = [...read('../src/report/troubles.ts').matchAll(/code: '(\w+)'/g)].map(([, code]) => code)
  const page = read('../../../docs/recovery.md')
  const headings = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, code]) => code)
  expect(new Set(headings)).toEqual(new Set(codes))
  for (const status of HEALTH_STATUSES) expect(page).toMatch(new RegExp(`^## Status \`${status}\``, 'm'))
})
