const READS = new Set([
  'claims.read',
  'versions.read',
  'versions.readHead',
  'versions.list',
  'segments.read',
  'writers.read',
  'writers.readAll',
  'queue.receive',
]);

/** Whether a call of the commit model changes something outside. */
export function isCommitWrite(call: string): boolean {
  return !READS.has(call);
}
