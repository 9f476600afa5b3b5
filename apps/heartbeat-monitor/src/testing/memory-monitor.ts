import { type DynamicModule, Module } from '@nestjs/common';
import type { Heartbeat } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { InMemoryLimitStore } from '@latido/lamport-clock/in-memory';
import { InMemoryTopic } from '@latido/messaging/in-memory';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { AppModule } from '../app.module';
import { heartbeatMonitor } from '../configuration';
import { HeartbeatHandler } from '../consumer/heartbeat-handler';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';
import { InMemorySnapshotStore } from '../snapshot/in-memory-snapshot-store';

/** So long that no timer of the monitor runs in a test, but those that run at once. */
const T = 300_000;

/** What a monitor keeps over its restart. */
export class MonitorMemory {
  readonly versions = new InMemoryVersionStore();
  readonly limits = new InMemoryLimitStore();
  readonly snapshots = new InMemorySnapshotStore();
  nowMs = Date.parse('2026-11-01T12:00:00Z');
}

/** The whole monitor in this process, on memory and in virtual time. */
export class MemoryMonitor {
  private constructor(
    readonly host: TestHost,
    readonly app: MonitorApp,
    private readonly handler: HeartbeatHandler,
    private readonly memory: MonitorMemory,
  ) {}

  static async start(
    memory = new MonitorMemory(),
    environment: Readonly<Record<string, string>> = {},
  ): Promise<MemoryMonitor> {
    const found: { app?: MonitorApp; handler?: HeartbeatHandler } = {};
    const host = await startTestHost(
      heartbeatMonitor,
      () => AppModule.over(infrastructureModule(memory), captureInto(found)),
      {
        LOCAL_API_TOKEN: 'a-token-for-tests-of-the-monitor',
        HEARTBEAT_INTERVAL_MS: String(T),
        ...environment,
      },
    );
    const { app, handler } = found;
    if (app === undefined || handler === undefined) throw new Error('the monitor was not assembled');
    return new MemoryMonitor(host, app, handler, memory);
  }

  /** Delivers a heartbeat, as the queue would; resolves when it may be acknowledged. */
  async hear(change: Partial<Heartbeat>): Promise<void> {
    const heartbeat = aHeartbeat({
      sentAtMs: this.memory.nowMs,
      intervalMs: T,
      uptimeMs: (change.seq ?? 1) * T,
      ...change,
    });
    const event = { specversion: '1.0', id: 'e', source: '/s', type: 'latido.heartbeat.v1', data: heartbeat };
    await this.handler.handle([
      {
        messageId: 'm',
        receiptHandle: 'r',
        body: JSON.stringify(event),
        attributes: {},
        receiveCount: 1,
        sentAtMs: this.memory.nowMs,
      },
    ]);
  }

  /** Lets time pass: own canaries return, and whoever is `alive` goes on beating. */
  async pass(
    intervals: number,
    alive: readonly { service: string; instanceId: string }[] = [],
  ): Promise<void> {
    const { monitor } = this.app;
    for (let tick = 0; tick < intervals * 10; tick += 1) {
      this.memory.nowMs += T / 10;
      if (tick % 5 === 0) {
        const id = `test-${this.memory.nowMs}`;
        monitor.canarySent(id);
        monitor.take({ kind: 'canary', id });
      }
      if (tick % 10 === 0)
        for (const each of alive) await this.hear({ ...each, seq: 1_000 + this.nextSeq() });
      monitor.advance();
    }
    await this.app.journal.flush();
  }

  async close(): Promise<void> {
    await this.host.close();
  }

  private nextSeq(): number {
    return Math.trunc((this.memory.nowMs - Date.parse('2026-11-01T00:00:00Z')) / T);
  }
}

@Module({})
class MemoryInfrastructureModule {}

@Module({})
class CaptureModule {}

function infrastructureModule(memory: MonitorMemory): DynamicModule {
  const infrastructure: Infrastructure = {
    versions: memory.versions,
    limits: memory.limits,
    snapshots: memory.snapshots,
    heartbeats: Object.assign(new InMemoryTopic(), { name: 'heartbeats' }),
    dependencies: [{ name: 'memory', probe: async () => undefined }],
    now: () => memory.nowMs,
  };
  return {
    module: MemoryInfrastructureModule,
    global: true,
    providers: [{ provide: INFRASTRUCTURE, useValue: infrastructure }],
    exports: [INFRASTRUCTURE],
  };
}

function captureInto(found: { app?: MonitorApp; handler?: HeartbeatHandler }): DynamicModule {
  return {
    module: CaptureModule,
    providers: [
      {
        provide: 'CAPTURE',
        inject: [MONITOR_APP, HeartbeatHandler],
        useFactory: (app: MonitorApp, handler: HeartbeatHandler) => Object.assign(found, { app, handler }),
      },
    ],
  };
}
