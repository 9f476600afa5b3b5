import { parseOptions } from './options';

describe('the options of the alert rig', () => {
  it('take the interval in seconds and how many lanes run at once', () => {
    expect(parseOptions(['--interval', '1.5', '--at-once', '4', '--only', 'deaths'])).toMatchObject({
      kind: 'rig',
      intervalMs: 1_500,
      atOnce: 4,
      only: ['deaths'],
    });
  });

  it.each([
    [['--interval', '0.5'], '--interval must be'],
    [['--at-once', '0'], '--at-once must be'],
    [['--kills', 'many'], '--kills must be'],
    [['--nothing'], "Unknown option '--nothing'"],
  ])('refuse %j with what is wrong about it', (args, text) => {
    expect(parseOptions(args)).toEqual({ kind: 'problem', text: expect.stringContaining(text) as string });
  });
});
