import { expect, it } from 'vitest'
import { runExample } from '../run-example.js'

it('closes in levels, and the stop follows: to the entry, then to the first level', async () => {
  const lines = (await runExample('scaled-take-profit/scaled-take-profit.ts')).trimEnd().split('\n')
  const story = lines.filter((line) => !line.startsWith('TP'))
  expect(story).toHaveLength(7)
  const [opened, first, toEntry, second, toLevel, rest, closed] = story
  const price = '[\\d .]+'
  expect(opened).toMatch(new RegExp(`^T1 LONG 0.1 at ${price} opened$`))
  expect(first).toMatch(new RegExp(`^closed 0.04 of T1 at ${price} for \\+${price}: its take profit filled$`))
  const entry = / at ([\d .]+) opened/.exec(opened ?? '')?.[1] ?? ''
  expect(toEntry).toContain(`→ ${entry} (ladder BREAKEVEN_THEN_PREVIOUS after TP1)`)
  expect(second).toMatch(new RegExp(`^closed 0.03 of T1 at ${price} for \\+${price}: its take profit filled$`))
  const level = / at ([\d .]+) for/.exec(first ?? '')?.[1] ?? ''
  expect(toLevel).toContain(`${entry} → ${level} (ladder BREAKEVEN_THEN_PREVIOUS after TP2)`)
  expect(rest).toContain(`closed 0.03 of T1 at ${level}`)
  expect(rest).toContain('its stop filled')
  expect(closed).toMatch(/^T1 is closed/)
})
