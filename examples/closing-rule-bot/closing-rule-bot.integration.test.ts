import { expect, it } from 'vitest'
import { runExample } from '../run-example.js'

it('closes the entry that is nearest to the price of a sale by hand', async () => {
  const lines = (await runExample('closing-rule-bot/closing-rule-bot.ts')).trimEnd().split('\n')
  const [first, second, third, why, end] = lines
  for (const [line, name] of [
    [first, 'T1'],
    [second, 'T2'],
    [third, 'T3'],
  ])
    expect(line).toMatch(new RegExp(`^${name} LONG 0\\.01 at [\\d .]+ opened$`))
  expect(why).toMatch(/^closing rule NEAREST_ENTRY: T2 0\.01/)
  expect(end).toMatch(/^T2 is closed at 50 \d{3}(\.\d)? on average, −[\d.]+ in all$/)
  expect(lines).toHaveLength(5)
})
