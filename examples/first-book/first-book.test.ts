import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('first-book.ts', import.meta.url))

describe('the first book of the README', () => {
  it('realizes what FIFO must: (52 000 − 50 000) · 0.001 = 2', () => {
    const printed = execFileSync(process.execPath, ['--conditions=@tranchebook/source', '--import', 'tsx', file])
    expect(printed.toString()).toContain('realized 2 USDT; open: T2\n')
  }, 30_000)

  it('is printed in the README as it is', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(readFileSync(file, 'utf8').trim())
  })
})
