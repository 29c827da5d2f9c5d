import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * `npm run -s real-days -- [--day 2025-10-10] [--json]`: recorded days through the manager and the simulated venue, in every combination of
 * protection, targets, position mode and venue. Exit code 1 = books, venue and log did not agree at the end of one.
 */
const program = fileURLToPath(new URL('../packages/backtest/test/real-days/main.ts', import.meta.url))
const args = ['--conditions=@tranchebook/source', '--import', 'tsx', program, ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
process.exitCode = status ?? 1
