/**
 * Three levels, told apart by file name:
 *   unit         *.spec.ts       no network, milliseconds
 *   integration  *.int-spec.ts   the embedded AWS, started once by global-setup
 *   e2e          *.e2e-spec.ts   supertest or real processes (needs `npm run build`)
 */
const shared = {
  testEnvironment: 'node',
  transform: { '\\.[jt]s$': '<rootDir>/tools/jest/transform.cjs' },
  // Published as ES modules only; jest's CommonJS runtime needs them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs/terminus|cockatiel|jose)/)'],
  moduleNameMapper: {
    '^@latido/([^/]+)$': '<rootDir>/libs/$1/src',
    '^@latido/([^/]+)/(.+)$': '<rootDir>/libs/$1/src/$2',
  },
  setupFiles: ['reflect-metadata'],
};

const real = { ...shared, setupFilesAfterEnv: ['<rootDir>/tools/jest/patience.cjs'] };

module.exports = {
  // One more than the cores of a small machine: tests of real processes mostly wait for time to pass.
  maxWorkers: 3,
  reporters: ['default', '<rootDir>/tools/jest/closing-line.cjs'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,test,tools}/**/*.spec.ts'] },
    {
      ...real,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/jest/start-embedded-aws.cjs',
      globalTeardown: '<rootDir>/tools/jest/stop-embedded-aws.cjs',
    },
    { ...real, displayName: 'e2e', testMatch: ['<rootDir>/{apps,libs,test}/**/*.e2e-spec.ts'] },
  ],
};
