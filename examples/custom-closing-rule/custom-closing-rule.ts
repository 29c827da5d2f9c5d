import { readFileSync } from 'node:fs'
import { explainEvent, parseConfig, parseInput, runInputs } from '@tranchebook/core'
import { profitFirst } from './profit-first.js'

const closingRules = new Map([['PROFIT_FIRST', profitFirst]])
const config = parseConfig(
  { defaults: { closingStrategy: 'PROFIT_FIRST' } },
  { closingRules: [...closingRules.keys()] },
)

const lines = readFileSync(new URL('../inputs/closing-rules.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const inputs = lines.map((line, index) =>
  parseInput(JSON.parse(line), { account: 'main', positionMode: 'HEDGE', sequence: index + 1 }),
)

const { books } = runInputs(inputs, {
  config,
  positionMode: 'HEDGE',
  instruments: new Map(),
  closingRules,
  sending: 'observe',
})
for (const { events } of books)
  for (const event of events) if (event.type === 'TrancheReduced') console.log(explainEvent(event))
