import { readFileSync } from 'node:fs'
import {
  type BookEvent,
  explainBecause,
  explainEvent,
  formatQuantity,
  formatRegression,
  openTimeline,
  parseConfig,
  parseInput,
  redecideInputs,
  redecideLog,
  runInputs,
  type RunOptions,
  upcast,
} from '@tranchebook/core'

const lines = readFileSync(new URL('../inputs/isolation.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const inputs = lines.map((line, index) =>
  parseInput(JSON.parse(line), { account: 'main', positionMode: 'HEDGE', sequence: index + 1 }),
)
const asItWas: RunOptions = {
  config: parseConfig({}),
  positionMode: 'HEDGE',
  instruments: new Map(),
  closingRules: new Map(),
  sending: 'observe',
}
const [ran] = runInputs(inputs, asItWas).books

// A log is these events, one JSON object a line; upcast checks each and brings it to today's shape.
const log = (ran?.events ?? []).map((event) => JSON.stringify(event))
const events: readonly BookEvent[] = log.map((line, index) =>
  upcast(JSON.parse(line), { stream: 'main/BTCUSDT', version: index + 1 }),
)

console.log('1. when')
const timeline = openTimeline(events)
const version = events.findIndex((event) => event.type === 'TrancheClosed' && event.tranche === 'T2') + 1
const closing = timeline.eventAt(version)
console.log(`version ${version} of ${timeline.length}: ${explainEvent(closing)}`)

console.log('2. why')
for (const event of events)
  if (event.causationId === closing.causationId && event.because !== undefined)
    console.log(`${explainEvent(event)}: ${explainBecause(event.because)}`)

console.log('3. what else that input changed')
const before = events.findIndex((event) => event.causationId === closing.causationId)
const { LONG } = timeline.bookAt(before).groups
console.log(`before: ${LONG.tranches.map(({ id, quantity }) => `${id} ${formatQuantity(quantity)}`).join(', ')}`)
for (const { subject, kind, field, before: was, after: is } of timeline.changes(before, timeline.length))
  if (subject.type === 'tranche' && field === 'quantity')
    console.log(`${subject.tranche} ${kind}: ${field} ${was} → ${is}`)

console.log('4. would it happen again')
for (const report of redecideInputs(inputs, [events], asItWas)) console.log(formatRegression(report).join('\n'))
const otherwise = parseConfig({ defaults: { closingStrategy: 'FIFO', isolatedClosing: 'EQUAL' } })
console.log(formatRegression(redecideLog(events, { ...asItWas, config: otherwise })).join('\n'))
