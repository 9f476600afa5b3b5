import { readOpenMetrics } from '../testing';
import { createMetrics } from './create-metrics';
import { Exposition } from './exposition';

const exposition = () => new Exposition({ service: 'test', version: '1' });
const edge = { producer: 'a', consumer: 'b', topic: 't' };

describe('metrics that are kept as text', () => {
  it('stand before those of prom-client, on one page with one EOF that can be read whole', async () => {
    const page = exposition();
    const { interop_instance_info: info, interop_edge_messages_total: messages } = createMetrics(
      page.registry,
      ['interop_instance_info', 'interop_edge_messages_total'],
    );
    info.set({ service: 'a', instance_id: '1', version: '2', zone: 'z' }, 1);
    messages.inc({ ...edge, outcome: 'late' }, 3);
    const text = await page.write();
    expect(text.match(/# EOF/g)).toHaveLength(1);
    const { families, samples } = readOpenMetrics(text);
    expect(families.slice(0, 2)).toEqual([
      ['interop_instance_info', 'gauge'],
      ['interop_edge_messages', 'counter'],
    ]);
    expect(new Set(families.map(([name]) => name)).size).toBe(families.length);
    expect(samples.slice(0, 2)).toEqual([
      {
        name: 'interop_instance_info',
        labels: { service: 'a', instance_id: '1', version: '2', zone: 'z' },
        value: '1',
      },
      { name: 'interop_edge_messages_total', labels: { ...edge, outcome: 'late' }, value: '3' },
    ]);
  });

  it('expose every series of a known edge at 0, and keep what was counted when it is announced again', async () => {
    const page = exposition();
    const { interop_edge_messages_total: messages } = createMetrics(page.registry, [
      'interop_edge_messages_total',
    ]);
    messages.inc({ ...edge, outcome: 'delivered' });
    messages.startAtZero(edge);
    const values = readOpenMetrics(await page.write())
      .samples.filter(({ name }) => name === 'interop_edge_messages_total')
      .map(({ labels, value }) => [labels['outcome'], value]);
    expect(Object.fromEntries(values)).toEqual({
      delivered: '1',
      duplicate: '0',
      late: '0',
      failed: '0',
      dead_lettered: '0',
    });
  });

  it('count samples for which there is no place', async () => {
    const page = exposition();
    const { interop_instance_info: info } = createMetrics(page.registry, ['interop_instance_info']);
    const tooLong = { service: 'x'.repeat(1_000), instance_id: '1', version: '', zone: '' };
    info.set(tooLong, 1);
    expect(info.series(tooLong)).toBeUndefined();
    const text = await page.write();
    expect(text).toContain('interop_series_dropped_total{metric="interop_instance_info"} 2\n');
    expect(text).not.toContain('xxx');
  });

  it('are gone from the next page when they are removed', async () => {
    const page = exposition();
    const { interop_edge_in_flight: inFlight } = createMetrics(page.registry, ['interop_edge_in_flight']);
    inFlight.set(edge, 4);
    inFlight.remove(edge);
    expect(await page.write()).not.toContain('interop_edge_in_flight{');
  });

  it('cannot be created twice in one registry', () => {
    const { registry } = exposition();
    createMetrics(registry, ['interop_instance_info']);
    expect(() => createMetrics(registry, ['interop_instance_info'])).toThrow('interop_instance_info');
  });
});
