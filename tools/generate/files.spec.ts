import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from './files';

const root = join(__dirname, '../..');

describe('generated files', () => {
  test.each(Object.entries(files))('%s says what the code says (else: npm run generate)', (path, write) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(write());
  });
});
