import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CycloneDx, partOf } from './bill-of-materials';
import { shipApp, shipWarmUp } from './ship-app';

/**
 * In the build of an image: `node ship.js APP OUT WARM` leaves in OUT what the image of an app holds, and in WARM what
 * runs it once. Without WARM, OUT holds the compiled files one by one, for the inner loop.
 */
const [, , app = '', out = '', warm = ''] = process.argv;
if ([app, out].includes('')) throw new Error('usage: node ship.js APP OUT [WARM]');

const root = process.cwd();
mkdirSync(out, { recursive: true });
const { files, packages } = shipApp(root, app, { out, form: warm === '' ? 'files' : 'bundle' });
if (warm !== '') shipWarmUp(root, warm);
const all = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
) as CycloneDx;
writeFileSync(join(out, 'sbom.cdx.json'), JSON.stringify(partOf(all, { app, packages })));
process.stdout.write(`${app}: ${files} compiled files, ${packages.length} packages\n`);
