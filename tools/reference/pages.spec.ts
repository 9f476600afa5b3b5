import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages';

const root = join(__dirname, '../..');

describe('the reference pages', () => {
  test.each(Object.entries(pages))(
    '%s says what the code says (else: npm run build && node dist/tools/reference/main.js)',
    (path, write) => {
      expect(readFileSync(join(root, path), 'utf8')).toBe(write());
    },
  );
});
