import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** `npm run -s venue-hour -- [--venue binance|aster-v3|aster-v1] [--seed N] [--minutes 60] [--speed 60] [--json]` */
const file = fileURLToPath(new URL('../packages/testkit/test/hour/run-hour.ts', import.meta.url))
const worker = fork(file, process.argv.slice(2), {
  execArgv: ['--conditions=@tranchebook/source', '--import', 'tsx'],
})
worker.on('exit', (code) => {
  process.exitCode = code ?? 1
})
