import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * `npm run -s sim -- [--seeds N] [--from S] [--venue binance|aster] [--json] [--verbose] [--jobs N]`: manager, simulated venue and log on
 * a virtual clock, with faults that each seed draws. `--canary` plants known bugs one by one instead: each must be caught.
 * Standard output holds the result, standard error the words. Exit code 1 = something did not hold, or a bug was missed.
 */

/** @typedef {import('../packages/manager/sim/run/sim-worker.js').SimTask} SimTask */
/** @typedef {import('../packages/manager/sim/run/sim-worker.js').SimAnswer} SimAnswer */
/** @typedef {import('../packages/manager/sim/run/run-range.js').RangeResult} RangeResult */
/** @typedef {import('../packages/manager/sim/canary/run-bug.js').BugResult} BugResult */

const USAGE = 'sim: expected [--seeds N] [--from S] [--venue binance|aster] [--jobs N] [--json] [--verbose] [--canary]'
const SEEDS_AT_ONCE = 25
const DEFAULT_SEEDS = 200
const DEFAULT_CANARY_SEEDS = 300

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} otherwise
 */
const wholeNumber = (name, text, otherwise) => {
  if (text === undefined) return otherwise
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new TypeError(`--${name}: expected a whole number, got ${text}`)
}

/**
 * @param {string | undefined} text
 * @returns {'binance' | 'aster' | null}
 */
const venueOf = (text) => {
  if (text === undefined) return null
  if (text === 'binance' || text === 'aster') return text
  throw new TypeError(`--venue: expected binance or aster, got ${text}`)
}

const readWords = () => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      venue: { type: 'string' },
      jobs: { type: 'string' },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      canary: { type: 'boolean', default: false },
    },
  })
  const { json, verbose, canary } = values
  return {
    json,
    verbose,
    canary,
    seeds: wholeNumber('seeds', values.seeds, canary ? DEFAULT_CANARY_SEEDS : DEFAULT_SEEDS),
    from: wholeNumber('from', values.from, 1),
    venue: venueOf(values.venue),
    jobs: Math.max(1, wholeNumber('jobs', values.jobs, Math.min(availableParallelism(), 8))),
  }
}

/** A program of its own, so that every core has work; it takes one task after the other. */
const startWorker = () =>
  fork(fileURLToPath(new URL('../packages/manager/sim/run/sim-worker.ts', import.meta.url)), [], {
    execArgv: ['--max-semi-space-size=64', '--conditions=@tranchebook/source', '--import', 'tsx'],
    stdio: ['ignore', 2, 2, 'ipc'],
  })

/**
 * Works through the tasks, as many at once as there are jobs.
 * @param {readonly SimTask[]} tasks
 * @param {number} jobs
 * @param {(answer: SimAnswer) => void} take
 */
const workThrough = async (tasks, jobs, take) => {
  const queue = [...tasks]
  const work = () =>
    new Promise((done, fail) => {
      const worker = startWorker()
      const next = () => {
        const task = queue.shift()
        if (task === undefined) worker.disconnect()
        else worker.send(task)
      }
      worker.on('message', (/** @type {SimAnswer} */ answer) => {
        if (answer.type === 'failed') {
          worker.kill()
          fail(new Error(answer.message))
        } else {
          take(answer)
          next()
        }
      })
      worker.on('exit', (code) => (code === 0 ? done(null) : fail(new Error(`a worker ended with code ${code}`))))
      next()
    })
  await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work))
}

/** @typedef {ReturnType<typeof readWords>} Words */

/** @param {Words} words */
const runSeeds = async ({ seeds, from, venue, verbose, jobs, json }) => {
  const total = { seeds: 0, events: 0, faults: /** @type {Record<string, number>} */ ({}), violations: 0 }
  const failing = /** @type {number[]} */ ([])
  const started = performance.now()
  /** @param {RangeResult} result */
  const add = (result) => {
    total.seeds += result.seeds
    total.events += result.events
    total.violations += result.violations
    failing.push(...result.failing)
    for (const [kind, count] of Object.entries(result.faults)) total.faults[kind] = (total.faults[kind] ?? 0) + count
    for (const line of result.lines) console.error(line)
    if (process.stderr.isTTY && !json)
      process.stderr.write(`\r${total.seeds} of ${seeds} seeds, ${failing.length} failing `)
  }
  /** @type {SimTask[]} */
  const tasks = []
  for (let first = from; first < from + seeds; first += SEEDS_AT_ONCE) {
    const count = Math.min(SEEDS_AT_ONCE, from + seeds - first)
    tasks.push({ type: 'seeds', range: { from: first, seeds: count, venue, isTold: verbose } })
  }
  await workThrough(tasks, jobs, (answer) => {
    if (answer.type === 'seeds') add(answer.result)
  })
  const faults = Object.fromEntries(Object.entries(total.faults).sort(([left], [right]) => (left < right ? -1 : 1)))
  const result = { ...total, faults, failing: failing.sort((left, right) => left - right) }
  const seconds = (performance.now() - started) / 1000
  if (!json) console.error(`${(total.seeds / seconds).toFixed(1)} seeds a second, ${seconds.toFixed(1)} s`)
  console.log(json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
  return failing.length === 0
}

const listBugs = async () => {
  const names = /** @type {string[]} */ ([])
  await workThrough([{ type: 'listBugs' }], 1, (answer) => {
    if (answer.type === 'bugs') names.push(...answer.names)
  })
  return names
}

/** @param {Words} words */
const runCanary = async ({ seeds, from, jobs, json }) => {
  const names = await listBugs()
  const results = /** @type {BugResult[]} */ ([])
  /** @type {SimTask[]} */
  const tasks = names.map((name) => ({ type: 'bug', name, from, seeds }))
  await workThrough(tasks, jobs, (answer) => {
    if (answer.type !== 'bug') return
    results.push(answer.result)
    const { name, seed, violation } = answer.result
    if (!json) console.error(seed === null ? `MISSED  ${name}` : `caught  ${name}  (seed ${seed}: ${violation})`)
  })
  const missed = results.filter(({ seed }) => seed === null).map(({ name }) => name)
  const result = { bugs: results.length, caught: results.length - missed.length, missed: missed.sort() }
  console.log(json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
  return missed.length === 0
}

try {
  const words = readWords()
  const isRight = await (words.canary ? runCanary(words) : runSeeds(words))
  process.exitCode = isRight ? 0 : 1
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n${USAGE}` : error)
  process.exitCode = 2
}
