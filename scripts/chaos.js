import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * `npm run -s chaos -- [--rounds N] [--log postgres|pglite] [--venue binance|aster] [--seed N] [--json]`: real processes, databases and
 * sockets; kill −9 at named points of an entry and an exit, cut and frozen connections, two owners, clocks that jump. Standard output holds
 * the result, standard error a line for each round. Exit code 1 = something did not hold, 2 = usage.
 */
const program = fileURLToPath(new URL('../packages/cli/chaos/chaos.ts', import.meta.url))
const words = ['--conditions=@tranchebook/source', '--import', 'tsx', program, ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' })
process.exitCode = status ?? 1
