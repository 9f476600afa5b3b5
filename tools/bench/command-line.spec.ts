import { parseCommand } from './command-line';
import type { Scenario } from './scenario';

const scenario = (name: string): Scenario => ({ name, summary: `about ${name}`, run: async () => [] });
const [cost, peer] = [scenario('cost'), scenario('peer')];
const parse = (...args: readonly string[]): ReturnType<typeof parseCommand> =>
  parseCommand(args, [cost, peer]);

describe(parseCommand, () => {
  it('runs all scenarios and writes nothing when nothing is said', () => {
    expect(parse()).toEqual({ kind: 'run', scenarios: [cost, peer], write: false, check: false });
  });

  it('runs only what is named, by place or by --only', () => {
    expect(parse('peer')).toMatchObject({ scenarios: [peer] });
    expect(parse('--only', 'cost')).toMatchObject({ scenarios: [cost] });
  });

  it('writes when told', () => {
    expect(parse('--write')).toMatchObject({ kind: 'run', write: true });
  });

  it('checks when told', () => {
    expect(parse('--check')).toMatchObject({ kind: 'run', check: true });
  });

  it('does not write a page from some of the scenarios', () => {
    expect(parse('cost', '--write')).toMatchObject({ kind: 'problem', text: expect.stringContaining('all') });
  });

  it('writes the page of one scenario that has a page of its own', () => {
    const page = { path: 'own.md', render: () => '' };
    const own = { ...scenario('own'), page };
    expect(parseCommand(['own', '--write'], [cost, peer, own])).toMatchObject({
      scenarios: [own],
      write: true,
    });
    expect(parseCommand(['own', 'cost', '--write'], [cost, peer, own])).toMatchObject({ kind: 'problem' });
  });

  it('names the scenarios there are when one is unknown', () => {
    expect(parse('speed')).toMatchObject({ kind: 'problem', text: expect.stringContaining('cost, peer') });
  });

  it('says what is wrong with an unknown option', () => {
    expect(parse('--fast')).toMatchObject({ kind: 'problem', text: expect.stringContaining('--fast') });
  });

  it('lists every scenario in the help', () => {
    expect(parse('--help')).toMatchObject({ kind: 'help', text: expect.stringContaining('about peer') });
  });
});
