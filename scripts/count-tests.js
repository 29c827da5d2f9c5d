import { existsSync, readFileSync } from 'node:fs'
import { countTests } from './ci/count-tests.js'

/** `node scripts/count-tests.js REPORT STATUS` prints `passed failed` of a vitest JSON report, for a script to read. */
const [, , report = '', status = '1'] = process.argv
const { passed, failed } = countTests(
  existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null,
  Number(status),
)
console.log(`${passed} ${failed}`)
