import { BUNDLE } from './bundle-files';

/**
 * The file that Node runs. Node's own compile cache holds what is compiled when a file is loaded, which of a bundle is little: here
 * the cache is made some seconds after a start, or at its end, and holds every function that has run by then.
 * It stands beside dist/bundles unless NODE_COMPILE_CACHE says where, one file an app: a new one replaces the former. Where nobody may
 * write, it runs without.
 *
 * @param key - changes with the bundle: V8 itself only compares lengths.
 */
export function entrySource(key: string): string {
  return `'use strict';
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const CACHED_AFTER_MS = 5_000;
const directory = process.env.NODE_COMPILE_CACHE || join(__dirname, '../../.compile-cache');
enableCompileCache(directory);
// Node maps lines only of what it requires itself.
if (process.sourceMapsEnabled) require('./${BUNDLE}');
else run(join(__dirname, '${BUNDLE}'), join(directory, 'bundles', basename(__dirname), \`${key}-\${process.version}-\${process.arch}\`));

function run(filename, cache) {
  const cachedData = read(cache);
  const source = \`(function (exports, require, module, __filename, __dirname) {\${readFileSync(filename, 'latin1')}\\n})\`;
  const script = new Script(source, { filename, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) cacheOnce(script, cache);
  script.runInThisContext()(exports, require, module, filename, __dirname);
}

function cacheOnce(script, cache) {
  const write = () => {
    clearTimeout(timer);
    process.off('exit', write);
    try {
      mkdirSync(dirname(cache), { recursive: true });
      const former = readdirSync(dirname(cache));
      writeFileSync(\`\${cache}.\${process.pid}\`, script.createCachedData());
      renameSync(\`\${cache}.\${process.pid}\`, cache);
      for (const name of former) if (name !== basename(cache)) rmSync(join(dirname(cache), name), { force: true });
    } catch {
      // A place that cannot be written costs time at the next start and nothing else.
    }
  };
  const timer = setTimeout(write, CACHED_AFTER_MS).unref();
  process.once('exit', write);
}

function read(cache) {
  try {
    return readFileSync(cache);
  } catch {
    return undefined;
  }
}
`;
}
