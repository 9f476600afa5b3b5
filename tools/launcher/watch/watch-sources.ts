import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps. */
const QUIET_FOR_MS = 30;
const SOURCE = /\.ts$/;
const NOT_BUILT = /\.(spec|int-spec|e2e-spec|d)\.ts$/;

/**
 * Tells of saved sources below apps and libs, those saved together in one call.
 * @param onSave - gets paths from the root, e.g. `apps/service-b/src/main.ts`.
 */
export function watchSources(root: string, onSave: (files: readonly string[]) => void): readonly FSWatcher[] {
  const saved = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const files = [...saved].toSorted();
    saved.clear();
    onSave(files);
  };
  return ['apps', 'libs'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null || !SOURCE.test(name) || NOT_BUILT.test(name)) return;
      saved.add(join(folder, name));
      clearTimeout(quiet);
      quiet = setTimeout(tell, QUIET_FOR_MS);
    }),
  );
}
