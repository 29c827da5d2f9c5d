import { expect, it } from 'vitest'
import { countTests } from './count-tests.js'

/**
 * @param {string} status
 * @param {...string} assertions
 */
const file = (status, ...assertions) => ({ status, assertionResults: assertions.map((one) => ({ status: one })) })

it.each([
  [
    'all passed',
    { numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', 'passed', 'passed')] },
    0,
    [2, 0],
  ],
  [
    'one failed',
    { numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] },
    1,
    [1, 1],
  ],
  ['a file that does not load', { numPassedTests: 0, numFailedTests: 0, testResults: [file('failed')] }, 1, [0, 1]],
  [
    'an error outside of tests',
    { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] },
    1,
    [3, 1],
  ],
  ['no report', null, 0, [0, 1]],
])('counts %s', (_, report, status, [passed, failed]) => {
  expect(countTests(report, status)).toEqual({ passed, failed })
})
