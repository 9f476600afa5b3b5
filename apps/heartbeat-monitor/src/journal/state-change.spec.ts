import type { Fact } from '@latido/failure-detector';
import { buildVersion } from '@latido/versioned-value/testing';
import { changeAsJson, changeOf, changesIn } from './state-change';

const about = { service: 'shop', instanceId: 'a', incarnation: '1-x', atMs: 10.4 };
const transition = (from: string, to: string, reason = 'silence') =>
  ({ kind: 'transition', ...about, from, to, reason, silentMs: 3_500.2 }) as Fact;

describe('changeOf', () => {
  test('puts on record who died, in whole milliseconds', () => {
    expect(changeOf(transition('suspect', 'down'))).toEqual({
      service: 'shop',
      change: {
        instanceId: 'a',
        incarnation: '1-x',
        to: 'down',
        reason: 'silence',
        atMs: 10,
        silentMs: 3_500,
      },
    });
  });

  test.each<[string, Fact]>([
    ['left', transition('up', 'left', 'goodbye')],
    ['mute', transition('down', 'mute', 'pod_ready')],
    ['up', transition('unknown', 'up', 'first_heartbeat')],
    ['up', transition('down', 'up', 'heartbeat')],
    ['up', { kind: 'restart', ...about, replacedIncarnation: '0-x' }],
    ['buried', { kind: 'burial', ...about, reason: 'fulfilled' }],
  ])('puts %s on record', (to, fact) => {
    expect(changeOf(fact)?.change.to).toBe(to);
  });

  test.each<[string, Fact]>([
    ['a late beat', transition('up', 'late')],
    ['a suspicion', transition('late', 'suspect')],
    ['a late one that is up again', transition('late', 'up', 'heartbeat')],
    ['blindness', { kind: 'blind', blind: true, reasons: ['lag'], queueIsShared: false, atMs: 1 }],
  ])('leaves %s off the record', (_what, fact) => {
    expect(changeOf(fact)).toBeUndefined();
  });
});

describe('changesIn', () => {
  test('reads back what was written', () => {
    const change = changeOf(transition('suspect', 'down'))?.change;
    if (!change) throw new Error('no change');
    const value = { service: 'shop', changes: [changeAsJson(change)] };
    expect(changesIn(buildVersion({ content: { kind: 'value', value } }))).toEqual([change]);
  });

  test.each([
    ['a pruned version', { kind: 'pruned' } as const],
    ['a value of another form', { kind: 'value', value: { items: 3 } } as const],
    ['changes of another form', { kind: 'value', value: { changes: [null, { to: 'sideways' }] } } as const],
  ])('finds nothing in %s', (_what, content) => {
    expect(changesIn(buildVersion({ content }))).toEqual([]);
  });
});
