import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { files } from './files';

/** `npm run generate`: writes every generated file; run it in the root after a change of what they are written from. */
for (const [path, write] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, write());
  process.stdout.write(`wrote ${path}\n`);
}
