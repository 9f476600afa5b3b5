import type { Version } from '../core/version';

/** A version for tests: number 1 of `cart-7`, made by an event, unless changed. */
export function buildVersion(change: Partial<Version> = {}): Version {
  const number = change.number ?? 1;
  return {
    subject: 'cart-7',
    number,
    content: { kind: 'value', value: { count: number } },
    requestId: `event#${number}`,
    token: `token-${number}`,
    cause: { kind: 'event', source: '/service-a', epoch: 7 },
    checksum: 'c'.repeat(64),
    lamport: 10 * number,
    clock: 10 * number + 1,
    writtenAtMs: 1_700_000_000_000 + number,
    ...change,
  };
}
