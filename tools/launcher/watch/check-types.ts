import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Behind whatever serves: what it finds is wanted soon, not at once. */
const LOW_PRIORITY = 10;
const FLAGS =
  '-p tsconfig.build.json --noEmit --watch --preserveWatchOutput --pretty false --tsBuildInfoFile .cache/watch.tsbuildinfo';

/** Runs the type checker beside, for as long as the launcher lives; its findings come line by line. */
export function checkTypes(root: string, onLine: (line: string) => void): ChildProcess {
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...FLAGS.split(' ')],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
  createInterface({ input: child.stdout }).on('line', (line) => /error TS/.test(line) && onLine(line));
  return child;
}
