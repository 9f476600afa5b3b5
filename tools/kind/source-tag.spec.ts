import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sourceTag } from './source-tag';

describe('sourceTag', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'latido-sources-'));
    write('Dockerfile', 'FROM scratch');
    write('libs/x/src/index.ts', 'export {};');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  it('is a tag, and the same for the same sources', () => {
    expect(sourceTag(root)).toMatch(/^dev-[0-9a-f]{12}$/);
    expect(sourceTag(root)).toBe(sourceTag(root));
  });

  it.each([
    ['a source', 'libs/x/src/index.ts'],
    ['a new file', 'apps/y/src/new.ts'],
    ['the Dockerfile', 'Dockerfile'],
    ['a locked package', 'package-lock.json'],
  ])('is another one when %s changes', (_what, path) => {
    const before = sourceTag(root);
    write(path, 'changed');
    expect(sourceTag(root)).not.toBe(before);
  });

  it.each(['libs/x/src/index.spec.ts', 'libs/x/README.md', 'apps/y/node_modules/z.js', 'docs/z.ts'])(
    'is the same when only %s changes, which is in no image',
    (path) => {
      const before = sourceTag(root);
      write(path, 'changed');
      expect(sourceTag(root)).toBe(before);
    },
  );
});
