import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findBenches } from './bench/find-benches.js'

/** `npm run -s bench -- NAME [--json]` runs packages/X/bench/NAME.bench.ts on the sources; without a NAME it lists the names. */
const root = new URL('..', import.meta.url)
const benches = findBenches(fileURLToPath(root))
const known =
  benches.length === 0
    ? '  none yet: add packages/PACKAGE/bench/NAME.bench.ts'
    : benches.map(({ name, file }) => `  ${name}  (${file})`).join('\n')

/** @param {string} message */
const refuse = (message) => {
  console.error(`${message}\nBenchmarks:\n${known}`)
  process.exitCode = 2
}

/** @typedef {{ readonly name: string, readonly result?: Record<string, number | string | null>, readonly error?: string }} Report */

/**
 * Runs one benchmark in a process of its own; whatever it prints goes to standard error, so that standard output holds the result only.
 * @param {{ name: string, file: string }} bench
 * @returns {Promise<Report>}
 */
const runBench = ({ name, file }) =>
  new Promise((resolve) => {
    const worker = fork(fileURLToPath(new URL('bench/run-bench.js', import.meta.url)), [new URL(file, root).href], {
      execArgv: ['--expose-gc', '--conditions=@tranchebook/source', '--import', 'tsx'],
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    /** @type {Report} */
    let report = { name, error: 'the benchmark ended without a result' }
    worker.on('message', (message) => {
      report = { name, .../** @type {object} */ (message) }
    })
    worker.on('exit', () => resolve(report))
  })

/**
 * @param {Report} report
 * @param {boolean} asJson
 */
const print = ({ name, result, error }, asJson) => {
  if (result === undefined) {
    console.error(`bench ${name}: ${error}`)
    process.exitCode = 1
  } else if (asJson) {
    console.log(JSON.stringify({ bench: name, node: process.version, ...result }))
  } else {
    console.log(name)
    for (const [key, value] of Object.entries(result)) console.log(`  ${key.padEnd(40)} ${value ?? 'unknown'}`)
  }
}

const words = process.argv.slice(2)
const unknownOption = words.find((word) => word.startsWith('-') && word !== '--json')
const names = words.filter((word) => !word.startsWith('-'))
const [name] = names
const bench = benches.find((one) => one.name === name)

if (unknownOption !== undefined) refuse(`bench: unknown option ${unknownOption}, expected NAME [--json]`)
else if (names.length > 1) refuse(`bench: one name at a time, got ${names.join(', ')}`)
else if (name === undefined) console.log(`Benchmarks:\n${known}`)
else if (bench === undefined) refuse(`bench: no benchmark is called «${name}»`)
else print(await runBench(bench), words.includes('--json'))
