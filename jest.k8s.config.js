/** The cluster test: `npm run test:k8s` says which cluster, and runs one part after the other. */
const { displayName: _name, testMatch: _match, ...shared } = require('./jest.config.js').projects[0];

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/test/k8s/**/*.k8s-spec.ts'],
  maxWorkers: 1,
  // What a cluster does takes its time; each check has bounds of its own.
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/tools/jest/each-check.cjs'],
};
