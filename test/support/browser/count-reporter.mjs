import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Tests of a suite and of all suites in it.
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function testsOf(suite) {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

/**
 * Writes how many tests passed and failed, for the sum over all steps. A file that could not be run is a failure.
 * @param {string} engine
 * @param {string} path
 * @returns {import('@web/test-runner').Reporter}
 */
export function countReporter(engine, path) {
  return {
    onTestRunFinished({ sessions }) {
      const tests = sessions.flatMap((session) => (session.testResults ? testsOf(session.testResults) : []));
      const ran = tests.filter((test) => !test.skipped);
      const broken = sessions.filter(
        (session) => !session.passed && (session.errors.length > 0 || !session.testResults),
      );
      const counts = {
        passed: ran.filter((test) => test.passed).length,
        failed: ran.filter((test) => !test.passed).length + broken.length,
        skipped: tests.length - ran.length,
      };
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(counts));
      console.log(`${engine}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    },
  };
}
