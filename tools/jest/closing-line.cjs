/** Ends a run with one plain line, `N passed, N failed, N skipped`, for people and for CI logs. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
      results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // After jest's own summary, which the default reporter prints on the same event.
    process.stderr.write('', () =>
      process.stdout.write(
        `${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped\n`,
      ),
    );
  }
};
