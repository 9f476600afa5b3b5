import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { customKinds, customResourceProblems } from './custom-resources';
import type { KubeObject } from './render';

/** What is wrong with these objects by the published types, the client's attribute map, and our closed schemas. */
export async function problemsOf(objects: readonly KubeObject[]): Promise<readonly string[]> {
  const distinct = [...new Map(objects.map((object) => [JSON.stringify(object), object])).values()];
  const byType = await byPublishedTypes(distinct);
  return distinct.flatMap((object, index) =>
    [...(byType[index] ?? []), ...(customKinds.has(object.kind) ? customResourceProblems(object) : [])].map(
      (problem) => `${object.kind}/${object.metadata.name}: ${problem}`,
    ),
  );
}

async function byPublishedTypes(objects: readonly KubeObject[]): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, ['test/chart/typed-problems.mjs'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(objects));
  return JSON.parse(await text(child.stdout)) as readonly (readonly string[])[];
}
