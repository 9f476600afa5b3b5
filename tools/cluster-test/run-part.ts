import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { namespacesOf, type Part } from './parts';
import { type Check, checksOf, type JestResults } from './report';

/**
 * A run of jest for one part: one that breaks down takes none of the others with it. Checks are told as they end; what went
 * wrong in them when the part has ended, so that parts beside each other do not mix.
 */
export async function runPart({ name, lane }: Part, env: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const directory = mkdtempSync(join(tmpdir(), 'latido-k8s-'));
  const results = join(directory, 'results.json');
  const [namespace, otherNamespace] = namespacesOf(lane);
  try {
    const jest = require.resolve('jest/bin/jest');
    const flags = ['--config', 'jest.k8s.config.js', '--json', '--outputFile', results];
    const child = spawn(
      process.execPath,
      [jest, ...flags, '--testPathPatterns', `test/k8s/${name}\\.k8s-spec`],
      {
        env: { ...env, K8S_NAMESPACE: namespace, K8S_OTHER_NAMESPACE: otherNamespace },
        stdio: ['ignore', 'inherit', 'pipe'],
      },
    );
    process.stderr.write(await text(child.stderr));
    return checksOf(name, JSON.parse(readFileSync(results, 'utf8')) as JestResults);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
