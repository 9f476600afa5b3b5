type Options = { help: true } | { problem: string } | { dataDir?: string; watch?: true };
const { parseOptions } = require('./options.cjs') as { parseOptions: (args: readonly string[]) => Options };

describe('parseOptions', () => {
  test('takes nothing at all', () => {
    expect(parseOptions([])).toEqual({});
  });

  test('takes a data directory', () => {
    expect(parseOptions(['--data', '.data'])).toEqual({ dataDir: '.data' });
  });

  test('watches sources, as npm run dev asks for', () => {
    expect(parseOptions(['--watch'])).toEqual({ watch: true });
  });

  test('answers help whatever else is said', () => {
    expect(parseOptions(['--data', 'x', '--help'])).toEqual({ help: true });
  });

  test.each([[['--data']], [['--data', '']], [['--dta', 'x']], [['stray']]])('refuses %j', (args) => {
    expect(parseOptions(args)).toEqual({ problem: expect.any(String) });
  });
});
