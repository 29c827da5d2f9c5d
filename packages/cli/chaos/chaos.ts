import { parseArgs } from 'node:util'
import { runChaos } from './rounds/run-chaos.js'
import type { LogKind } from './rounds/arena.js'

const USAGE = 'chaos: expected [--rounds N] [--log postgres|pglite] [--venue binance|aster] [--seed N] [--json]'
const LOGS: readonly LogKind[] = ['postgres', 'pglite']
/** Every scenario on every log, once. */
const DEFAULT_ROUNDS = '53'

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new TypeError(`--${name}: expected a whole number, got ${text}`)
}

function oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((each) => each === text)
  if (choice !== undefined) return choice
  throw new TypeError(`--${name}: expected ${choices.join(' or ')}, got ${text}`)
}

async function chaos(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: DEFAULT_ROUNDS },
      log: { type: 'string' },
      venue: { type: 'string', default: 'binance' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  })
  const { json, log, rounds, seed, venue } = values
  const result = await runChaos({
    rounds: wholeNumber('rounds', rounds),
    seed: wholeNumber('seed', seed),
    dialect: oneOf('venue', venue, ['binance', 'aster']),
    logs: log === undefined ? LOGS : [oneOf('log', log, LOGS)],
    tell: (line) => process.stderr.write(`${line}\n`),
  })
  process.stdout.write(`${json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`)
  return result.violations === 0 ? 0 : 1
}

try {
  process.exitCode = await chaos()
} catch (error) {
  process.stderr.write(`${error instanceof TypeError ? `${error.message}\n${USAGE}` : String(error)}\n`)
  process.exitCode = 2
}
