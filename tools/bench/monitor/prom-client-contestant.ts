import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Contestant } from './contestant';
import { type FleetSize, INTERVAL_MS, instanceIdOf, nameOfService, SERVICES } from './fleet';

const EDGE = ['producer', 'consumer', 'topic'];
const OUTCOMES = ['delivered', 'duplicate', 'late', 'failed', 'dead_lettered'];
const START_SECONDS = Date.UTC(2026, 0, 1) / 1_000;

/** The series of instances and edges in prom-client, and nothing else: no parsing, no detector, no books. */
export class PromClientContestant implements Contestant {
  private readonly registry = new Registry();
  private readonly lastSent;
  private made = 0;

  constructor(private readonly size: FleetSize) {
    const registers = [this.registry];
    const gauge = (name: string, labelNames: string[]) =>
      new Gauge({ name, help: name, labelNames, registers });
    this.lastSent = gauge('interop_heartbeat_last_sent_timestamp_seconds', ['service', 'instance_id']);
    const started = gauge('interop_instance_start_timestamp_seconds', ['service', 'instance_id']);
    const info = gauge('interop_instance_info', ['service', 'instance_id', 'version', 'zone']);
    for (let instance = 0; instance < size.instances; instance += 1) {
      const labels = labelsOf(instance);
      this.lastSent.set(labels, START_SECONDS);
      started.set(labels, START_SECONDS);
      info.set({ ...labels, version: '1.4.2', zone: 'us-east-1a' }, 1);
    }
    this.addEdges(registers);
  }

  prepare(count: number): readonly string[] {
    return Array.from({ length: count }, () => String((this.made += 1) % this.size.instances));
  }

  apply(texts: readonly string[]): void {
    const seconds = START_SECONDS + (this.made / this.size.instances) * (INTERVAL_MS / 1_000);
    for (const text of texts) this.lastSent.set(labelsOf(Number(text)), seconds);
  }

  async writePage(): Promise<number> {
    return (await this.registry.metrics()).length;
  }

  async listen(): Promise<number> {
    const server = createServer((_request, response) => {
      void this.registry.metrics().then((page) => response.end(page));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  private addEdges(registers: Registry[]): void {
    const counter = (name: string, labelNames: string[]) =>
      new Counter({ name, help: name, labelNames, registers });
    const messages = counter('interop_edge_messages_total', [...EDGE, 'outcome']);
    const others = ['interop_edge_messages_lost_total', 'interop_edge_order_inversions_total'].map((name) =>
      counter(name, EDGE),
    );
    const gauges = ['interop_edge_in_flight', 'interop_edge_last_message_timestamp_seconds'].map(
      (name) => new Gauge({ name, help: name, labelNames: EDGE, registers }),
    );
    for (let edge = 0; edge < this.size.edges; edge += 1) {
      const producer = nameOfService(edge % SERVICES);
      const labels = { producer, consumer: nameOfService((edge * 7) % SERVICES), topic: `topic-${edge}` };
      for (const outcome of OUTCOMES) messages.inc({ ...labels, outcome }, edge);
      for (const each of others) each.inc(labels, 0);
      for (const each of gauges) each.set(labels, edge);
    }
  }
}

function labelsOf(instance: number) {
  return { service: nameOfService(instance % SERVICES), instance_id: instanceIdOf(instance) };
}
