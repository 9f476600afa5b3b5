/**
 * `npm start`: checks what can be checked before anything runs, builds, and hands over to main.
 *
 * Plain CommonJS without syntax newer than Node 16, so that an old Node gets a sentence and not a stack trace.
 */
const { join } = require('node:path');

const OLDEST_NODE = [22, 15];
const EXIT_BAD_CONFIGURATION = 78;
const root = join(__dirname, '../..');

start().catch((error) => refuse([error.message]));

async function start() {
  if (!isNewEnough(process.versions.node)) return refuse([tooOld(process.versions.node)]);
  const { HELP, parseOptions } = require('./options.cjs');
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return print(HELP);

  const { findTakenPorts, planPorts } = require('./ports.cjs');
  const { ports, problems } = planPorts(process.env);
  if (options.problem) problems.unshift(`${options.problem}; see npm start -- --help`);
  if (problems.length > 0) return refuse(problems);
  const taken = await findTakenPorts(ports, process.env.HOST || '127.0.0.1');
  if (taken.length > 0) return refuse(taken);

  const { buildIfChanged } = require('./build.cjs');
  await buildIfChanged(root);
  const { launch } = require(join(root, 'dist/tools/launcher/main.js'));
  const { version } = require(join(root, 'package.json'));
  return launch({ root, version, ports, dataDir: options.dataDir, watch: options.watch, env: process.env });
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

function tooOld(version) {
  return (
    `Node ${version} is too old, ${OLDEST_NODE.join('.')} or newer is needed: run "npm ci" without ` +
    '--omit=optional, which brings Node 24 on Linux, and start with "npm start"; elsewhere install Node 24'
  );
}

function print(text) {
  process.stdout.write(text);
}

function refuse(problems) {
  process.stderr.write(`Latido cannot start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`);
  process.exitCode = EXIT_BAD_CONFIGURATION;
}
