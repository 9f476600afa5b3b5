import { packageOf, requiredBy } from './trace-sources';

describe('requiredBy', () => {
  test('finds what is required at once, inside functions, by import(), and what is only looked for', () => {
    const source = `const a = require("./a");\nfunction later() { return require('./b'); }\nimport("c/deep");\ncreateRequire(require.resolve("d"));`;
    expect(requiredBy(source)).toEqual(['./a', './b', 'c/deep', 'd']);
  });

  test('passes over examples in comments', () => {
    expect(requiredBy(`/**\n * require('./example')\n */\n// require("./other")\n`)).toEqual([]);
  });
});

describe('packageOf', () => {
  test('is the name without what lies inside the package', () => {
    expect(packageOf('rxjs/operators')).toBe('rxjs');
    expect(packageOf('@nestjs/common/pipes')).toBe('@nestjs/common');
  });
});
