import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const WATCHED_MS = 3_000;

/** The share of all cores that is in use, from 0 to 1, while this process does nothing. */
export async function busyShare(): Promise<number> {
  const before = coreTimes();
  await delay(WATCHED_MS);
  const after = coreTimes();
  return (after.busy - before.busy) / (after.all - before.all);
}

function coreTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().flatMap(({ times: { idle, ...busy } }) => ({
    idle,
    busy: Object.values(busy).reduce((sum, each) => sum + each, 0),
  }));
  const busy = times.reduce((sum, each) => sum + each.busy, 0);
  return { busy, all: busy + times.reduce((sum, each) => sum + each.idle, 0) };
}
