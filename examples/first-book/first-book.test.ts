import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('first-book.ts', import.meta.url))
const page = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

describe('the first book of the quick start', () => {
  it('realizes what FIFO must: (52 000 − 50 000) · 0.001 = 2', () => {
    const run = ['--conditions=@tranchebook/source', '--import', 'tsx', file]
    const printed = execFileSync(process.execPath, run).toString()
    expect(printed).toContain('realized 2 USDT; open: T2\n')
    expect(page('docs/quick-start.md')).toContain(printed.replace(/[0-9a-f]{12}/, '…'))
  }, 30_000)

  it('is printed there as it is', () => {
    expect(page('docs/quick-start.md')).toContain(readFileSync(file, 'utf8').trim())
  })
})
