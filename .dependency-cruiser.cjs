/** The five boundary rules of ARCHITECTURE.md, "The dependency rule". */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment:
        "A core knows nothing outside: no Nest, no AWS, no adapter. Composition cores may use the patterns' public cores.",
      severity: 'error',
      from: { path: '^libs/[^/]+/src/core/', pathNot: '\\.(spec|int-spec)\\.ts$' },
      to: {
        path: [
          '^libs/[^/]+/src/(nest|dynamodb|in-memory|testing|aws|sns-sqs|kubernetes)/',
          '^node_modules/(@nestjs|@aws-sdk|@kubernetes|@smithy|@ssut|@opentelemetry|prom-client|pino|nestjs-pino|rxjs|express|fauxqs|dynalite)',
        ],
      },
    },
    {
      name: 'core-no-node-builtins',
      comment: 'Time, randomness and I/O enter a core as ports.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/core/', pathNot: '\\.(spec|int-spec)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test|tools)/' },
    },
    {
      name: 'only-through-entry-points',
      comment:
        'Another library is reached by @latido/<lib> or @latido/<lib>/nest|dynamodb|in-memory|testing, nothing deeper.',
      severity: 'error',
      from: { path: '^(apps|libs|test|tools)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/[^/]+/src/[^/]+/index\\.ts$'],
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'import', 'types'],
    },
  },
};
