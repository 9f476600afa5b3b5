import { type RunningProcess, ServiceProcess } from '@latido/testing';
import type { ScrapeTarget } from '../../../tools/prometheus/scrape-target';
import { ApiClient } from '../../rig/api-client';

/** Generous: where all is well it costs nothing. */
const READY_WITHIN_MS = 180_000;

export type App = 'service-a' | 'service-b' | 'heartbeat-monitor';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a pod is, who it is, and what its process finds in its environment. */
export interface PodPlan {
  readonly app: App;
  readonly ordinal: number;
  readonly namespace: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly env: Environment;
}

/** A place where one replica of a service runs, with addresses that it keeps; the process in it comes and goes. */
export class Pod {
  readonly name: string;
  readonly api: ApiClient;
  /** Every process it ever ran, oldest first. */
  readonly processes: RunningProcess[] = [];
  private current: ServiceProcess | undefined;

  constructor(readonly plan: PodPlan) {
    this.name = `${plan.app}-${plan.ordinal}`;
    this.api = new ApiClient(`http://127.0.0.1:${plan.port}`, plan.env['LOCAL_API_TOKEN'] ?? '');
  }

  /** How Prometheus finds it. */
  get target(): ScrapeTarget {
    const { app, namespace, metricsPort } = this.plan;
    const labels = { namespace, release: 'latido', app, pod: this.name };
    return { address: `127.0.0.1:${metricsPort}`, labels };
  }

  /** Starts its process and waits until that is ready. @param settings - over those of the pod, this time. */
  async start(settings: Environment = {}): Promise<void> {
    const { app, port, metricsPort, env } = this.plan;
    this.current = new ServiceProcess(app, {
      ...env,
      ...settings,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
    });
    this.processes.push(this.current);
    await this.current.waitForReady({ withinMs: READY_WITHIN_MS });
  }

  /** Ends its process and waits until that has ended: SIGTERM with a goodbye, SIGKILL without a word. */
  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.process.kill(signal);
  }

  /** SIGSTOP: sockets stay open and nobody answers. */
  freeze(): void {
    this.process.suspend();
  }

  /** SIGCONT. */
  thaw(): void {
    this.process.resume();
  }

  private get process(): ServiceProcess {
    if (this.current === undefined) throw new Error(`${this.name} was never started`);
    return this.current;
  }
}
