import { Exposition } from '@latido/observability/prometheus';
import { ContractBook } from '../contracts/contract-book';
import { ContractMetrics } from './contract-metrics';
import { monitorMetrics } from './monitor-metrics';

const EDGE = 'producer="shop",consumer="cart",topic="orders"';

function rig() {
  const exposition = new Exposition({ service: 'heartbeat-monitor', version: '1' });
  const book = new ContractBook();
  const metrics = new ContractMetrics(monitorMetrics(exposition), book);
  exposition.beforeEach(() => metrics.collect());
  const write = (...contracts: readonly string[]): void =>
    book.heard({ ...instance('shop', contracts), produces: [{ topic: 'orders', contracts }], accepts: [] });
  const read = (...contracts: readonly string[]): void =>
    book.heard({ ...instance('cart', contracts), produces: [], accepts: [{ topic: 'orders', contracts }] });
  return { book, write, read, page: () => exposition.write() };
}

function instance(service: string, contracts: readonly string[]) {
  return { service, instanceId: service, incarnation: contracts.join() };
}

describe('ContractMetrics', () => {
  it('shows what the ends of an edge write and understand, and what they did before no longer', async () => {
    const { write, read, page } = rig();
    write('v1');
    read('v2', 'v1');
    expect(await page()).toContain(`interop_edge_contract_info{${EDGE},produced="v1",accepted="v1 v2"} 1`);
    write('v2');
    expect(await page()).not.toContain('produced="v1"');
  });

  it('has a series for each set of 16 contracts of 128 characters, and drops none', async () => {
    const { write, read, page } = rig();
    const named = (last: string) =>
      Array.from({ length: 16 }, (_, i) => `${i < 15 ? i : last}`.padStart(128, 'c'));
    read(...named('old'));
    write(...named('old'));
    const series = async () =>
      (await page()).split('\n').filter((line) => line.startsWith('interop_edge_contract_info{'));
    const before = await series();
    write(...named('new'));
    const after = await series();
    expect([before.length, after.length]).toEqual([1, 1]);
    expect(after).not.toEqual(before);
    expect(await page()).not.toMatch(
      /interop_series_dropped_total\{metric="interop_edge_contract_info"\} [1-9]/,
    );
  });

  it('counts a mismatch from 0, so that an alert can see it rise', async () => {
    const { write, read, page } = rig();
    const counted = (count: number) =>
      `interop_edge_contract_mismatches_total{${EDGE},kind="not_accepted"} ${count}`;
    write('v2');
    read('v1');
    expect(await page()).toContain(counted(0));
    expect(await page()).toContain(counted(1));
  });
});
