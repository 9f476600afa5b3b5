/** What stands in dist/bundles/<app>. */

/** What Node is told to run. */
export const ENTRY = 'main.js';
/** All code; its map, which names lines of TypeScript, stands beside it. */
export const BUNDLE = 'bundle.js';
/** Which packages are in it: for the bill of materials, and for their licences. Not needed to run. */
export const PACKAGES = 'packages.json';
