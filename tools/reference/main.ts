import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pages } from './pages';

/** Writes the reference pages; run it in the root of the repository after a change of what they are written from. */
for (const [path, write] of Object.entries(pages)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, write());
  process.stdout.write(`wrote ${path}\n`);
}
