/** What the chart renders: `npm run test:chart`. Needs promtool and amtool; helm comes with the development dependencies. */
const { displayName: _name, testMatch: _match, ...shared } = require('./jest.config.js').projects[0];

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/test/chart/**/*.chart-spec.ts'],
  maxWorkers: 2,
  // Some hundred runs of helm, each a process.
  testTimeout: 900_000,
  verbose: true,
  reporters: ['default', '<rootDir>/tools/jest/closing-line.cjs'],
};
