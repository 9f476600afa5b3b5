import type { Fault, Lane } from '../fault';
import type { Beater } from '../stage/beater';
import type { Stage } from '../stage/stage';
import { herdOf, killAll } from './herd';

const SIZES = { sheep: 8, goats: 4 } as const;
type Service = keyof typeof SIZES;
/** Silence of more than 3.5 beats is a death; the monitor says so by the next one. */
const DECLARED_DEAD_BEATS = 5;

/** Two services of many light processes. */
class Herds {
  private readonly living = new Map<Service, readonly Beater[]>();
  private readonly killed = new Map<Service, number>();

  async start(stage: Stage): Promise<void> {
    for (const [service, size] of Object.entries(SIZES) as [Service, number][])
      this.living.set(service, await herdOf(stage, service, size));
  }

  /** Kills so many instances of each service at once. */
  async kill(deaths: Readonly<Partial<Record<Service, number>>>): Promise<void> {
    const dying: Beater[] = [];
    for (const [service, count] of Object.entries(deaths) as [Service, number][]) {
      const herd = this.living.get(service) ?? [];
      dying.push(...herd.slice(0, count));
      this.living.set(service, herd.slice(count));
      this.killed.set(service, count);
    }
    await killAll(dying, 'SIGKILL');
  }

  /** As Kubernetes does it: others take their places. */
  async replace(stage: Stage): Promise<void> {
    for (const [service, count] of this.killed) {
      const others = await herdOf(stage, service, count, `${service}-${Date.now()}`);
      this.living.set(service, [...(this.living.get(service) ?? []), ...others]);
    }
    this.killed.clear();
    await stage.beats(DECLARED_DEAD_BEATS);
  }
}

const herds = new Herds();
const healed = { pages: 1, heal: async (stage: Stage) => herds.replace(stage) } as const;

const halfDies: Fault = {
  ...healed,
  name: 'half of a fleet dies at once (kill -9): one page for all of them',
  alerts: [{ name: 'InteropMassSilence' }],
  cause: async () => herds.kill({ sheep: 4, goats: 2 }),
};

const oneServiceDies: Fault = {
  ...healed,
  name: 'a service of many instances dies as a whole (kill -9): the page is for that service',
  alerts: [{ name: 'InteropServiceDown', labels: { service: 'sheep' } }],
  cause: async () => herds.kill({ sheep: SIZES.sheep }),
};

const twoServicesDie: Fault = {
  ...healed,
  name: 'two services die as a whole (kill -9): one page for both',
  alerts: [{ name: 'InteropMassSilence' }],
  cause: async () => herds.kill(SIZES),
};

/** Many deaths at once. */
export const masses: Lane = {
  name: 'masses',
  replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 2 },
  prepare: async (stage) => herds.start(stage),
  rows: [[halfDies], [oneServiceDies], [twoServicesDie]],
};
