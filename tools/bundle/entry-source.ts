import { BUNDLE } from './bundle-files';

/**
 * The file that Node runs: the compile cache must be on before the bundle is compiled.
 * Code is cached beside dist/bundles unless told otherwise; where nobody may write there, it runs without.
 */
export const ENTRY_SOURCE = `'use strict';
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');
enableCompileCache(process.env.NODE_COMPILE_CACHE || join(__dirname, '../../.compile-cache'));
require('./${BUNDLE}');
`;
