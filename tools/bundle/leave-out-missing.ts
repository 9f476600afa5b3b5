import type { Plugin } from 'esbuild';

const BARE = /^[^./]/;
/** Keeps the plugin from asking itself. */
const ASKED = { asked: true };

/** What is not installed is optional to whoever requires it (Nest's other transports): it fails when required, as without a bundle. */
export function leaveOutMissing(): Plugin {
  return {
    name: 'leave-out-missing',
    setup: (build) => {
      build.onResolve({ filter: BARE }, async ({ path, pluginData, importer, resolveDir, kind }) => {
        if (pluginData === ASKED || kind === 'entry-point') return undefined;
        const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
        return found.errors.length > 0 ? { path, external: true } : found;
      });
    },
  };
}
