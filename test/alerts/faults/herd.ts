import type { Beater } from '../stage/beater';
import type { Stage } from '../stage/stage';

/** Light processes that beat as one service; started one after the other. */
export async function herdOf(stage: Stage, service: string, size: number, name = service): Promise<Beater[]> {
  const herd: Beater[] = [];
  for (let place = 0; place < size; place += 1)
    herd.push(await stage.installation.beat({ service, instanceId: `${name}-${place}` }));
  return herd;
}

/** Ends them all at once. */
export async function killAll(herd: readonly Beater[], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await Promise.all(herd.map(async (beater) => beater.kill(signal)));
}
