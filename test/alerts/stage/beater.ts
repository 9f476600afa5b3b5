import { join } from 'node:path';
import type { HeartbeatIdentity } from '@latido/heartbeat';
import { repositoryRoot, RunningProcess } from '@latido/testing';
import type { Environment } from './pod';

export interface BeaterIdentity {
  readonly service: string;
  readonly instanceId: string;
  /** Added to its clock on the wall; 0 by default. */
  readonly clockOffsetMs?: number;
  readonly version?: string;
  /** What it says that it writes: contracts by topic; nothing by default. */
  readonly produces?: HeartbeatIdentity['produces'];
}

/** A light process that says that it lives, and does nothing else. */
export class Beater {
  readonly process: RunningProcess;

  constructor(
    readonly identity: BeaterIdentity,
    env: Environment,
  ) {
    const { service, instanceId, clockOffsetMs = 0, version = '1.0.0', produces = [] } = identity;
    this.process = new RunningProcess({
      script: join(repositoryRoot(), 'dist/test/alerts/beater/main.js'),
      env: {
        ...env,
        NODE_COMPILE_CACHE: join(repositoryRoot(), '.cache/compile'),
        SERVICE: service,
        POD_UID: instanceId,
        SERVICE_VERSION: version,
        CLOCK_OFFSET_MS: String(clockOffsetMs),
        PRODUCES: JSON.stringify(produces),
      },
    });
  }

  /** Waits until its first beat is out. */
  async started(): Promise<void> {
    await this.process.waitForLog(({ event }) => event === 'beating', { withinMs: 30_000 });
  }

  /** Ends it and waits until it has ended: SIGTERM with a goodbye, SIGKILL without a word. */
  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.process.kill(signal);
  }
}
