import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'
import { readSourceFiles } from './style/source-files.js'

/**
 * `npm run test:laws -- [runs] [path filter …]`: every law with many more runs than in a normal test, one file after the other.
 * Timeouts grow with the runs (`vitest.workspace.ts`). A failing law prints its seed: `LAW_SEED=… npm run test:laws -- …` repeats it;
 * a failing life of a book is kept below `law-failures/`, as files that `npx tranchebook replay` opens.
 */
const DEFAULT_RUNS = '10000'

const words = process.argv.slice(2)
const runs = words.find((word) => /^\d+$/.test(word)) ?? process.env['LAW_RUNS'] ?? DEFAULT_RUNS
const filters = words.filter((word) => word !== runs)

const root = fileURLToPath(new URL('..', import.meta.url))
const isLaw = /** @param {{ path: string, text: string }} file */ ({ path, text }) =>
  path.endsWith('.test.ts') && (/\.(property|model)\.test\.ts$/.test(path) || text.includes("from 'fast-check'"))
const laws = readSourceFiles(root, ['packages', 'examples'])
  .filter(isLaw)
  .map(({ path }) => path)
  .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))

if (laws.length === 0) throw new Error(`no law has ${filters.join(' or ')} in its path`)
process.env['LAW_RUNS'] = runs
process.env['LAW_FAILURES'] ??= resolve(root, 'law-failures')
console.log(`laws: ${laws.length} files, ${runs} runs of each law`)
const vitest = await startVitest('test', laws, {
  config: 'vitest.workspace.ts',
  run: true,
  fileParallelism: false,
  reporters: ['verbose'],
  project: ['property', 'model', 'unit', 'integration'],
})
await vitest.close()
