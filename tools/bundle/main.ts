import { readFileSync } from 'node:fs';
import { bundleApp, type Bundle } from './bundle-app';

/** `node dist/tools/bundle/main.js`: makes one file of each service that has been compiled. Part of `npm run build`. */
const SERVICES = ['service-a', 'service-b', 'heartbeat-monitor'];

void main();

async function main(): Promise<void> {
  try {
    const bundles = await Promise.all(SERVICES.map((app) => bundleApp(process.cwd(), app)));
    for (const bundle of bundles) process.stdout.write(`${describe(bundle)}\n`);
  } catch (error) {
    process.stderr.write(`not bundled: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function describe({ app, file, modules, packages, hooked }: Bundle): string {
  const mebibytes = (readFileSync(file).byteLength / 1024 / 1024).toFixed(1);
  return `  ${app}: ${modules} modules of ${packages.length} packages in one file of ${mebibytes} MB, ${hooked} of them hooked for tracing`;
}
