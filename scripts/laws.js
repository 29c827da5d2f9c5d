import { startVitest } from 'vitest/node'

/** `npm run test:laws -- [runs] [path filter …]`: every property and model with many more runs than in a normal test. */
const DEFAULT_RUNS = '10000'
const TIMEOUT_MS = 600_000

const words = process.argv.slice(2)
const runs = words.find((word) => /^\d+$/.test(word)) ?? process.env['LAW_RUNS'] ?? DEFAULT_RUNS

process.env['LAW_RUNS'] = runs
console.log(`laws: ${runs} runs each`)
const vitest = await startVitest(
  'test',
  words.filter((word) => word !== runs),
  { config: 'vitest.workspace.ts', run: true, project: ['property', 'model'], testTimeout: TIMEOUT_MS },
)
await vitest.close()
