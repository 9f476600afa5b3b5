/** Compiles the repository when a source is newer than the last build that succeeded. */
const { spawn } = require('node:child_process');
const { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const SOURCES = [
  'apps',
  'libs',
  'tools',
  'test',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
const STAMP = 'dist/.built-by-launcher';
/** Tests are not built, and packages come built. */
const NOT_BUILT = /[.-]spec\.ts$|^node_modules$/;

/** Builds if needed, with one line about it. Throws when the compiler finds errors, which it has shown then, or is stopped. */
async function buildIfChanged(root) {
  if (newestChange(root) < stampOf(root)) return;
  await build(root);
}

/** The next start then knows that there is nothing to build. */
async function build(root) {
  const startedAt = Date.now();
  process.stdout.write('Building ...\n');
  const code = await run(root, require.resolve('@nestjs/cli/bin/nest.js'), ['build']);
  if (code !== 0) throw new Error('the build did not succeed; what the compiler said is above');
  const bundled = await run(root, join(root, 'dist/tools/bundle/main.js'), []);
  if (bundled !== 0) throw new Error('the build did not succeed; what could not be bundled is above');
  writeStamp(root, startedAt);
  process.stdout.write(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

/** Time of the last change of any source, in ms since 1970. Directories count: a removed file changes them. */
function newestChange(root) {
  return Math.max(...SOURCES.map((source) => newestBelow(join(root, source))));
}

function newestBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const children = readdirSync(path).filter((name) => !NOT_BUILT.test(name));
  return Math.max(stat.mtimeMs, ...children.map((name) => newestBelow(join(path, name))));
}

function stampOf(root) {
  return statSync(join(root, STAMP), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Dated to the start of the build: what changed while it ran is built next time. */
function writeStamp(root, startedAt) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, STAMP), '');
  utimesSync(join(root, STAMP), startedAt / 1000, startedAt / 1000);
}

function run(cwd, script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, stdio: 'inherit' });
    // Whoever ends the launcher now ends the compiler too.
    const stop = () => child.kill();
    process.once('SIGTERM', stop).once('SIGINT', stop);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      resolve(code);
    });
  });
}

module.exports = { buildIfChanged };

/** `npm run build`, and before commands that need one: `npm run build:changed`. */
if (require.main === module) {
  const make = process.argv.includes('--if-changed') ? buildIfChanged : build;
  make(join(__dirname, '../..')).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
