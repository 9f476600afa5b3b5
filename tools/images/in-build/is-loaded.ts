/** What decides which files of a package Node can load. */
export interface PackageFacts {
  /** The file a plain require of the package takes, as its package.json says. */
  readonly main: string;
  /** Whether an ES module imports it. */
  readonly imported: boolean;
  /** The machine the image is for, as Node names it: `linux-x64`. */
  readonly platform: string;
}

/** Licences travel with the code, whatever they are called. */
export const LICENCE = /(^|\/)(licen[cs]e|notice|copyright)[^/]*$/i;
/** Types, sources before compilation, maps, prose, and what compiles native add-ons. */
const FOR_DEVELOPERS =
  /\.(ts|mts|cts|tsx|map|flow|md|markdown|cc|cpp|c|h|hpp|gyp|gypi|tsbuildinfo|ya?ml|svg)$|(^|\/)\./i;
/** Only at the top of a package: deeper ones may be code, such as a validator's `test`. */
const DEVELOPERS_FOLDER =
  /^(test|tests|doc|docs|example|examples|benchmark|benchmarks|bench|deps|integration)\//i;
const TESTS_ANYWHERE = /(^|\/)(__tests__|__mocks__)\//;
/** The same code once more, as ES modules or for browsers. */
const MODULE_TWIN =
  /(^|\/)(dist-es|esm|esm5|esnext|es6|es2015|esm-browser|cjs-browser|browser)\/|\.mjs$|\.es6\.js$/;
const BROWSER_ONLY = /(^|\/)[^/]+-es-bundle[^/]*\.js|\.min\.js$/;
const PREBUILT = /^prebuilds\/([^/]+)\//;

/**
 * Whether a file of an installed package can be loaded when an app runs, or must travel with it.
 * @param path - relative to the package, with slashes.
 */
export function isLoaded(path: string, facts: PackageFacts): boolean {
  if (LICENCE.test(path) || path === facts.main) return true;
  if (FOR_DEVELOPERS.test(path) || DEVELOPERS_FOLDER.test(path) || TESTS_ANYWHERE.test(path)) return false;
  if (BROWSER_ONLY.test(path)) return false;
  const prebuiltFor = PREBUILT.exec(path)?.[1];
  if (prebuiltFor !== undefined) return prebuiltFor === facts.platform;
  return facts.imported || MODULE_TWIN.test(facts.main) || !MODULE_TWIN.test(path);
}
