import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkClosingRule } from '@tranchebook/testkit'
import { describe, expect, it } from 'vitest'
import { profitFirst } from './profit-first.js'

const script = new URL('custom-closing-rule.ts', import.meta.url)
const page = readFileSync(new URL('../../docs/closing-rules.md', import.meta.url), 'utf8')

/** T4: (49 500 − 49 000) · 0.001 = 0.5; T2: (49 500 − 51 000) · 0.001 = −1.5; T1: (49 500 − 49 900) · 0.001 = −0.4 */
const PRINTED = `closed 0.001 of T4 at 49 500 for +0.50: a trade from outside
closed 0.001 of T2 at 49 500 for −1.50: a trade from outside
closed 0.001 of T1 at 49 500 for −0.40: a trade from outside
`

describe('a closing rule of your own', () => {
  it('keeps the contract of closing rules', () => {
    checkClosingRule(profitFirst)
  })

  it('takes the gain of T4, then the small lot of T2, then the older of the two large ones', () => {
    const run = ['--conditions=@tranchebook/source', '--import', 'tsx', fileURLToPath(script)]
    expect(execFileSync(process.execPath, run).toString()).toBe(PRINTED)
  }, 30_000)

  it('is printed on the page as it is', () => {
    expect(page).toContain(readFileSync(new URL('profit-first.ts', import.meta.url), 'utf8').trim())
    expect(page).toContain(readFileSync(script, 'utf8').trim())
    expect(page).toContain(PRINTED)
  })
})
