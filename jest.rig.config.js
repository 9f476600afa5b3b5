/** Tests that need more than Node: `*.rig-spec.ts`. Each has an npm script of its own, whose README says what to install. */
const {
  projects: [unit],
  ...base
} = require('./jest.config');

module.exports = {
  ...base,
  projects: [{ ...unit, displayName: 'rig', testMatch: ['<rootDir>/test/**/*.rig-spec.ts'] }],
};
