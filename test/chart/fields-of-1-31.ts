import { readFileSync } from 'node:fs';
import type { KubeObject } from './render';

/**
 * No package has the types of Kubernetes 1.31 and 1.35 in one; those used for validation are newer than both. So every field
 * that the chart uses stands in a list, and each was found by its path in the Go types of 1.31 (k8s.io/api v0.31.4). The
 * youngest are `preStop.sleep` (on since 1.30) and `unhealthyPodEvictionPolicy` (stable since 1.31), and stable versions lose
 * no field until 1.35. Another field fails the test until somebody has looked it up there and added it. What this does not show: that the
 * servers of all these versions take the objects. The cluster test shows it for 1.35.
 */
export const FIELDS_OF_1_31: ReadonlySet<string> = new Set(
  readFileSync('test/chart/fields-of-1.31.txt', 'utf8').trim().split('\n'),
);

/** Kubernetes' own; objects of operators have versions of their own. */
const GROUPS: ReadonlySet<string> = new Set([
  'v1',
  'apps/v1',
  'autoscaling/v2',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
]);

const FREE_MAPS =
  /\.(labels|annotations|matchLabels|nodeSelector|requests|limits|data|stringData)$|^v1 Service\.spec\.selector$/;

/** The fields an object of Kubernetes itself uses, as paths without indexes and without the keys of free maps. */
export function fieldsOf(object: KubeObject): readonly string[] {
  if (!GROUPS.has(object.apiVersion)) return [];
  return [...new Set(pathsIn(object, `${object.apiVersion} ${object.kind}`).map(ofPod))];
}

/** A pod has the same fields wherever it stands. */
function ofPod(path: string): string {
  return path.replace(/^apps\/v1 \w+\.spec\.template\.|^v1 Pod\.(?=spec)/, 'pod ');
}

function pathsIn(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, path));
  if (typeof value !== 'object' || value === null || FREE_MAPS.test(path)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, `${path}.${key}`));
}
