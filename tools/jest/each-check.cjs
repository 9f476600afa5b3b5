/** Prints each check of a long test as it ends, with the time of day and how long it took. */
const SIGNS = { passed: '✓', failed: '✕' };

module.exports = class EachCheck {
  onTestCaseResult(test, { ancestorTitles, title, status, duration }) {
    if (SIGNS[status] === undefined) return;
    const time = new Date().toISOString().slice(11, 19);
    const seconds = ((duration ?? 0) / 1000).toFixed(1);
    process.stdout.write(
      `${time} ${SIGNS[status]} ${ancestorTitles[0] ?? test.path}: ${title} (${seconds} s)\n`,
    );
  }
};
