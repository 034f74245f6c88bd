// Prints how many tests passed and failed, in a plain line, and fails if anything did.
//
//   node scripts/ci-summary.mjs RESULTS.json FAILED_STEPS
import { readFileSync } from 'node:fs';

const [, , results, failedSteps] = process.argv;
let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
try {
  counts = JSON.parse(readFileSync(results, 'utf8'));
} catch {
  console.log('The test runner left no results.');
}
const skipped = counts.numPendingTests + counts.numTodoTests;
console.log(`\n${counts.numPassedTests} passed, ${counts.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
if (Number(failedSteps) > 0 || counts.numFailedTests > 0 || counts.numPassedTests === 0) process.exitCode = 1;
