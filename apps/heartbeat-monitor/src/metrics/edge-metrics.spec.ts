import { EdgeAggregator, EdgeBook, parseEdgeReport } from '@latido/edge-accounting';
import { Exposition } from '@latido/observability/prometheus';
import { EdgeMetrics } from './edge-metrics';
import { monitorMetrics } from './monitor-metrics';

/** Books of one edge whose consumer reports when asked to, and a page made from them. */
class Rig {
  private readonly exposition = new Exposition({ service: 'test', version: '1' });
  readonly metrics: EdgeMetrics;
  private sequence = 0;

  constructor(
    private readonly book = new EdgeBook(),
    private readonly consumer = new EdgeAggregator({ source: '/b', epoch: 1 }),
  ) {
    this.metrics = new EdgeMetrics(monitorMetrics(this.exposition), book);
    this.exposition.beforeEach(() => this.metrics.collect());
  }

  /** The same consumer goes on beside a next monitor. */
  restarted(): Rig {
    const book = new EdgeBook();
    book.load([...this.book.save(0)], 0);
    const next = new Rig(book, this.consumer);
    next.sequence = this.sequence;
    return next;
  }

  deliver(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.sequence += 1;
      const { sequence } = this;
      const message = { source: '/a', epoch: 1, topic: 't', sequence };
      this.consumer.consumed.record({ ...message, outcome: 'delivered', latencyMs: 5, atMs: 9_000 });
    }
    for (const { aggregate } of this.consumer.collect()) {
      const report = parseEdgeReport(aggregate);
      if (report) this.book.absorb({ service: 'b', instance: 'b-1' }, report);
    }
  }

  async page(): Promise<string> {
    return this.exposition.write();
  }

  async delivered(): Promise<string | undefined> {
    return /interop_edge_messages_total\{producer="a",consumer="b",topic="t",outcome="delivered"\} (\d+)/.exec(
      await this.page(),
    )?.[1];
  }
}

describe('EdgeMetrics', () => {
  test('exposes a new edge at 0 on one page before it counts, however often time passes before', async () => {
    const rig = new Rig();
    rig.deliver(5);
    rig.metrics.timePassed();
    rig.deliver(2);
    rig.metrics.timePassed();
    expect(await rig.delivered()).toBe('0');
    expect(await rig.delivered()).toBe('7');
  });

  test('does not count again what the books brought along from before a restart', async () => {
    const before = new Rig();
    before.deliver(5);
    const after = before.restarted();
    expect([await after.delivered(), await after.delivered()]).toEqual(['0', '0']);
    after.deliver(2);
    expect(await after.delivered()).toBe('2');
  });

  test('shows no time of a last message before the first', async () => {
    const book = new EdgeBook({ expected: [{ producer: '/a', topic: 't', consumer: 'b' }] });
    const rig = new Rig(book);
    expect(await rig.page()).not.toContain('interop_edge_last_message_timestamp_seconds{');
    rig.deliver(1);
    expect(await rig.page()).toContain(
      'interop_edge_last_message_timestamp_seconds{producer="a",consumer="b",topic="t"} 9',
    );
  });

  test('counts on with what comes between two pages', async () => {
    const rig = new Rig();
    rig.deliver(5);
    await rig.delivered();
    rig.deliver(1);
    expect(await rig.delivered()).toBe('6');
    rig.deliver(3);
    rig.metrics.timePassed();
    expect(await rig.delivered()).toBe('9');
  });
});
