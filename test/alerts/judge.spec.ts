import { account, problemsOf } from './judge';
import type { Notification } from './pager';

const DOWN = { alertname: 'InteropServiceDown', severity: 'critical', service: 'service-b' };
const STUCK = { alertname: 'InteropEventStuck', severity: 'warning', service: 'service-a' };
const EXPECTED = { alerts: [{ name: 'InteropServiceDown', labels: { service: 'service-b' } }], pages: 1 };
const all = (): boolean => true;

function notification(
  atMs: number,
  status: 'firing' | 'resolved',
  labels: Readonly<Record<string, string>>,
  groupKey = labels['alertname'] ?? '',
  receiver = 'page-state-primary',
): Notification {
  const alert = { status, labels, annotations: {}, startsAt: '', fingerprint: JSON.stringify(labels) };
  return { atMs, receiver, groupKey, status, alerts: [alert] };
}

describe('the judge of a fault', () => {
  it('has nothing to say when exactly the expected alert came once and resolved', () => {
    const heard = account([notification(1, 'firing', DOWN), notification(5, 'resolved', DOWN)], all);
    expect(heard.sightings).toEqual([
      { name: 'InteropServiceDown', labels: DOWN, firedAtMs: 1, resolvedAtMs: 5 },
    ]);
    expect(problemsOf(heard, EXPECTED)).toEqual([]);
  });

  it('counts a group that is repeated as one page', () => {
    const heard = account(
      [notification(1, 'firing', DOWN), notification(3, 'firing', DOWN), notification(5, 'resolved', DOWN)],
      all,
    );
    expect(problemsOf(heard, EXPECTED)).toEqual([]);
  });

  it('counts what nobody is woken up for as no page', () => {
    const told = [
      notification(1, 'firing', STUCK, 'g', 'slack-events'),
      notification(5, 'resolved', STUCK, 'g', 'slack-events'),
    ];
    expect(account(told, all)).toMatchObject({
      sightings: [{ name: 'InteropEventStuck', resolvedAtMs: 5 }],
      pages: [],
    });
  });

  it('names an alert that never came, one that nothing called for, and one that was never resolved', () => {
    const heard = account([notification(1, 'firing', STUCK, 'g', 'slack-events')], all);
    expect(problemsOf(heard, EXPECTED)).toEqual([
      'InteropServiceDown (service-b) never came',
      'InteropEventStuck (service-a) came, which nothing called for',
      'InteropEventStuck (service-a) was never resolved',
      '0 pages instead of 1: ',
    ]);
  });

  it('counts two incidents of one fault as one too many', () => {
    const other = { ...DOWN, instance_id: 'x' };
    const heard = account(
      [DOWN, other].flatMap((labels) => [
        notification(1, 'firing', labels, JSON.stringify(labels)),
        notification(5, 'resolved', labels, JSON.stringify(labels)),
      ]),
      all,
    );
    expect(problemsOf(heard, EXPECTED)).toEqual([expect.stringContaining('2 pages instead of 1')]);
  });

  it('overlooks what belongs to another fault', () => {
    const heard = account(
      [notification(1, 'firing', STUCK)],
      ({ labels }) => labels['service'] !== 'service-a',
    );
    expect(problemsOf(heard, { alerts: [], pages: 0 })).toEqual([]);
  });
});
