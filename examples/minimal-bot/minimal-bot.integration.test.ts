import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runExample } from '../run-example.js'

const source = readFileSync(new URL('minimal-bot.ts', import.meta.url), 'utf8').trim()
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('the bot of the README', () => {
  it('opens a tranche, has it protected, and closes it', async () => {
    const [opened, closed] = (await runExample('minimal-bot/minimal-bot.ts')).split('\n')
    expect(opened).toMatch(/^T1 LONG 0\.01 at [\d .]+ opened$/)
    expect(closed).toMatch(/^T1 is closed at [\d .]+ on average, [−+][\d.]+ in all$/)
  })

  it('is printed there as it is', () => {
    expect(readme).toContain(source)
  })
})
