/**
 * @typedef {object} TestReport A vitest JSON report, as far as it is needed here.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults One per file.
 */

/**
 * Counts tests. A file that could not be loaded counts as one failure, and so does a run that failed without a failing test.
 * @param {TestReport | null} report Null when the run ended without one.
 * @param {number} exitStatus
 * @returns {{ passed: number, failed: number }}
 */
export const countTests = (report, exitStatus) => {
  if (report === null) return { passed: 0, failed: 1 }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed === 0 && exitStatus !== 0 ? 1 : failed }
}
