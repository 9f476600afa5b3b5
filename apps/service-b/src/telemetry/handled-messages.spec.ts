import { EdgeAggregator } from '@latido/edge-accounting';
import type { CommitOutcome } from '@latido/event-commit';
import { Exposition } from '@latido/observability/prometheus';
import type { HandledMessage } from '../consumer/event-consumer';
import { aDelivery, anEnvelope } from '../testing/an-event-message';
import { consumptionOf } from './books';
import { HandledMessages } from './handled-messages';
import { serviceBMetrics } from './metrics';

const NOW_MS = Date.UTC(2026, 0, 1, 0, 0, 2);
const event = {
  id: 'e1',
  fingerprint: 'f',
  subject: 'cart-1',
  lamport: 1,
  source: '/service-a',
  epoch: 1,
  timeMs: 0,
  operation: { kind: 'delete' },
} as const;

function handled(
  outcome: CommitOutcome,
  result: HandledMessage['result'] = 'acknowledged',
  envelope: Parameters<typeof anEnvelope>[1] = {},
): HandledMessage {
  const disposition =
    result === 'dead_lettered'
      ? ({ kind: 'deadLetter', reason: 'beyond_horizon' } as const)
      : ({ kind: 'acknowledge' } as const);
  return {
    arrivedAtMs: NOW_MS - 500,
    result,
    processed: {
      message: aDelivery('{}'),
      understood: {
        kind: 'event',
        envelope: anEnvelope('e1', { time: '2026-01-01T00:00:00Z', ...envelope }),
        event,
      },
      outcome,
      disposition,
    },
  };
}

async function pageAfter(...messages: readonly HandledMessage[]): Promise<string> {
  const exposition = new Exposition({ service: 'service-b', version: '1' });
  const edges = new EdgeAggregator({ source: '/service-b', epoch: 0 });
  const noting = new HandledMessages(serviceBMetrics(exposition), edges, () => NOW_MS);
  for (const message of messages) noting.note(message);
  return exposition.write();
}

describe('HandledMessages', () => {
  it.each([
    [{ kind: 'applied', version: 1 }, 'applied'],
    [{ kind: 'moved', version: 1 }, 'moved'],
    [{ kind: 'duplicate', version: 1 }, 'duplicate'],
    [{ kind: 'rejected', reason: 'value_too_large', certain: true }, 'rejected'],
    [{ kind: 'quarantined', reason: 'beyond_horizon' }, 'quarantined'],
    [{ kind: 'failed', error: new Error('away') }, 'failed'],
  ] as const)('counts the outcome %j as %s', async (outcome, label) => {
    expect(await pageAfter(handled(outcome))).toContain(`interop_commits_total{outcome="${label}"} 1`);
  });

  it('counts dead letters by reason, from 0', async () => {
    const dead = handled({ kind: 'quarantined', reason: 'beyond_horizon' }, 'dead_lettered');
    const page = await pageAfter(dead);
    expect(page).toContain('interop_dead_letters_total{queue="service-b-events",reason="beyond_horizon"} 1');
    expect(page).toContain('interop_dead_letters_total{queue="service-b-events",reason="not_json"} 0');
  });

  it('times the edge: 1.5 s from the making to the arrival, 0.5 s of work', async () => {
    const page = await pageAfter(handled({ kind: 'applied', version: 1 }));
    const edge = 'producer="service-a",consumer="service-b",topic="state-events"';
    expect(page).toContain(`interop_edge_delivery_seconds_sum{${edge}} 1.5`);
    expect(page).toContain(`interop_edge_processing_seconds_sum{${edge}} 0.5`);
  });

  it('gives all producers outside of the topology one label', async () => {
    const page = await pageAfter(
      handled({ kind: 'applied', version: 1 }, 'acknowledged', { source: '/stranger-77' }),
    );
    expect(page).toContain('producer="foreign"');
    expect(page).not.toContain('stranger');
  });
});

describe('consumptionOf', () => {
  it.each([
    [handled({ kind: 'applied', version: 1 }), 'delivered'],
    [handled({ kind: 'duplicate', version: 1 }), 'duplicate'],
    [handled({ kind: 'failed', error: undefined }, 'given_back'), 'failed'],
    [handled({ kind: 'applied', version: 1 }, 'given_back'), 'failed'],
    [handled({ kind: 'quarantined', reason: 'beyond_horizon' }, 'dead_lettered'), 'dead_lettered'],
  ] as const)('tells the books what became of a message', (message, outcome) => {
    expect(consumptionOf(message, NOW_MS)).toMatchObject({ outcome, sequence: 1, latencyMs: 2_000 });
  });

  it('leaves out the number of a producer that gives none', () => {
    const message = handled({ kind: 'applied', version: 1 }, 'acknowledged', { sequence: 0 });
    expect(consumptionOf(message, NOW_MS)).not.toHaveProperty('sequence');
  });

  it.each(['unknown_type', 'unknown_version'] as const)(
    'tells the books why a message was not understood: %s',
    (reason) => {
      const foreign = {
        kind: 'foreign',
        envelope: anEnvelope('e1'),
        fingerprint: 'f',
        reason,
        detail: '',
      } as const;
      const { processed, ...rest } = handled({ kind: 'failed', error: undefined }, 'dead_lettered');
      const message = { ...rest, processed: { ...processed, understood: foreign } };
      expect(consumptionOf(message, NOW_MS)).toMatchObject({ misunderstood: reason });
    },
  );

  it('tells the books of data that break their contract once, when the message is settled', () => {
    const broken = (result: HandledMessage['result']): HandledMessage => {
      const { processed, ...rest } = handled(
        { kind: 'rejected', reason: 'invalid_data', certain: true },
        result,
      );
      const understood = { ...processed.understood, event: { ...event, invalid: 'invalid_data' } };
      return { ...rest, processed: { ...processed, understood } } as HandledMessage;
    };
    expect(consumptionOf(broken('dead_lettered'), NOW_MS)).toMatchObject({ misunderstood: 'invalid_data' });
    expect(consumptionOf(broken('given_back'), NOW_MS)).not.toHaveProperty('misunderstood');
  });
});
