import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * The parts of vitest's JSON report that are counted.
 *
 * @typedef {{ status: string, assertionResults: { status: string }[] }} ReportedFile
 */

/**
 * Counts the tests in vitest's JSON report. A file that failed without a failing test (it could not be loaded, a hook
 * threw) counts as one failure, and so does a run that failed with no
 * failure in its report, or left none, or passed nothing.
 *
 * @param {string} path
 * @param {boolean} ok whether vitest itself said that all was well
 * @returns {Count}
 */
export function countTests(path, ok) {
  const files = readReport(path)
  const statuses = files.flatMap(file => file.assertionResults.map(test => test.status))
  const filesFailed = files.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  const passed = statuses.filter(status => status === 'passed').length
  const failed = statuses.filter(status => status === 'failed').length + filesFailed.length
  const skipped =
    statuses.length - statuses.filter(status => status === 'passed' || status === 'failed').length
  const isBelievable = ok && passed > 0
  return { passed, failed: isBelievable ? failed : Math.max(failed, 1), skipped }
}

/**
 * @param {string} path
 * @returns {ReportedFile[]}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults
  } catch {
    // vitest did not come as far as writing it; its output, which is shown, says why.
    return []
  }
}
