import { availableParallelism } from 'node:os'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

/** Tests run on the sources of every package: no build is needed between an edit and a test. */
const conditions = ['@tranchebook/source', 'module', 'node', 'development|production']
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } }

/** A law is tried 100 times; a test may take so many times longer as `LAW_RUNS` asks for more. */
const LAW_RUNS = 100
const patience = Math.max(1, Number(process.env['LAW_RUNS'] ?? LAW_RUNS) / LAW_RUNS)

/** The suffix of a test says what it is and how long it may take: `x.property.test.ts` belongs to `property`. */
const patientMs = { property: 120_000, model: 120_000, integration: 60_000, e2e: 120_000 }
const briefMs = 5_000
const setupFiles = ['./scripts/law-runs.js']
/** What tests leave in the temporary folder goes with the run. */
const globalSetup = ['./packages/store/test/global-setup.ts']

const outside = ['**/node_modules/**', '**/dist/**']
const files = (suffix: string): string[] => [
  `packages/*/{src,test,page,sim,chaos}/**/*.${suffix}.ts`,
  `examples/**/*.${suffix}.ts`,
]

const unit: TestProjectConfiguration = {
  ...source,
  test: {
    name: 'unit',
    globalSetup,
    setupFiles,
    testTimeout: briefMs * patience,
    include: [...files('test'), 'scripts/**/*.test.js'],
    exclude: [...outside, ...Object.keys(patientMs).map((suffix) => `**/*.${suffix}.test.ts`)],
  },
}

const patient = Object.entries(patientMs).map(([name, ms]): TestProjectConfiguration => {
  const testTimeout = ms * patience
  const include = files(`${name}.test`)
  const timeouts = { testTimeout, hookTimeout: testTimeout }
  return { ...source, test: { name, include, exclude: outside, globalSetup, setupFiles, ...timeouts } }
})

const types: TestProjectConfiguration = {
  ...source,
  test: {
    name: 'types',
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      include: files('test-d'),
      tsconfig: './tsconfig.tests.json',
      ignoreSourceErrors: true,
    },
  },
}

/** Much of the time a test waits for a venue, a database or a page: on two cores, too, two files are under way. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

export default defineConfig({ test: { projects: [unit, ...patient, types], passWithNoTests: true, maxWorkers } })
