import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** `npm run test:laws -- [runs] [path filter …]`: every property and model with many more runs than in a normal test. */
const DEFAULT_RUNS = '10000'
const TIMEOUT_MS = 600_000

const words = process.argv.slice(2)
const runs = words.find((word) => /^\d+$/.test(word)) ?? process.env['LAW_RUNS'] ?? DEFAULT_RUNS
const filters = words.filter((word) => word !== runs)

const vitest = fileURLToPath(import.meta.resolve('vitest/vitest.mjs'))
const projects = ['--project', 'property', '--project', 'model']
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'vitest.workspace.ts', '--testTimeout', String(TIMEOUT_MS), ...projects, ...filters],
  { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit', env: { ...process.env, LAW_RUNS: runs } },
)
process.exitCode = status ?? 1
