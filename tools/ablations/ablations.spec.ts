import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_ABLATIONS } from './all';

const root = join(__dirname, '../..');

describe('ablations', () => {
  it('have names of their own', () => {
    const names = ALL_ABLATIONS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(ALL_ABLATIONS.map((ablation) => [ablation.name, ablation] as const))(
    '%s: its edits apply to the source as it is, and its spec is there',
    (_name, { edits, test }) => {
      for (const { file, from } of edits) {
        expect({ file, times: readFileSync(join(root, file), 'utf8').split(from).length - 1 }).toEqual({
          file,
          times: 1,
        });
      }
      expect(existsSync(join(root, test.path))).toBe(true);
    },
  );
});
