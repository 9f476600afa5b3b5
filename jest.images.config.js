/** The tests of built images: `npm run test:images`. */
const { displayName: _name, testMatch: _match, ...shared } = require('./jest.config.js').projects[0];

module.exports = {
  ...shared,
  testMatch: ['<rootDir>/test/images/**/*.image-spec.ts'],
  maxWorkers: 1,
  testTimeout: 180_000,
  reporters: ['default', '<rootDir>/tools/jest/closing-line.cjs'],
};
