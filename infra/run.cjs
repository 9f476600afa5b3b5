/** Runs a script of infra/, after installing its packages where they are missing or old: they are its own, and large. */
const { spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');

const HELP = `npm run infra:synth             synthesizes every stage, offline
npm run infra:test              tests what is synthesized
npm run infra:check             compiles and lints it
npm run infra:values -- --help  turns outputs of a deployed stage into values of the chart
npm run infra:cdk -- COMMAND    any command of the CDK, e.g. deploy latido-dev --outputs-file outputs.json
`;

const [script, ...args] = process.argv.slice(2);
if (!['synth', 'test', 'check', 'values', 'cdk'].includes(script)) {
  process.stdout.write(HELP);
  process.exit(script === undefined || script === '--help' ? 0 : 1);
}
if (!isInstalled()) {
  process.stderr.write('installing the packages of infra/ (about 240 MB, once) ...\n');
  npm(['ci', '--no-audit', '--no-fund']);
}
npm(['run', '--silent', script, '--', ...args]);

/** npm writes this file at the end of every installation. */
function isInstalled() {
  const [lock, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((path) =>
    join(__dirname, path),
  );
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

function npm(command) {
  const { status } = spawnSync('npm', command, { cwd: __dirname, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
