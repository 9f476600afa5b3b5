import type { LogFields } from '@latido/observability';
import type { PublishResult } from '@latido/messaging';
import { CanarySender } from './canary-sender';

const published: PublishResult = { outcome: 'published', messageId: 'm' };
const refused: PublishResult = {
  outcome: 'failed',
  code: 'access_denied',
  retryable: false,
  detail: 'not allowed to publish',
};

async function linesOf(results: readonly PublishResult[]): Promise<readonly LogFields[]> {
  const lines: LogFields[] = [];
  const write = (fields: LogFields) => void lines.push(fields);
  const waiting = [...results];
  const sender = new CanarySender({
    publisher: { publish: async () => [waiting.shift() ?? published] },
    monitor: { canarySent: () => undefined },
    replica: 0,
    incarnation: '7-abc',
    epoch: 7,
    now: () => 0,
    sha256Hex: () => 'hash',
    log: { debug: write, info: write, warn: write, error: write, fatal: write },
  });
  for (let i = 0; i < results.length; i++) await sender.send();
  return lines;
}

describe('canaries', () => {
  it('that are published leave no line', async () => {
    expect(await linesOf([published, published])).toEqual([]);
  });

  it('that cannot be published leave one line an outage with the reason, and one when it is over', async () => {
    expect(await linesOf([published, refused, refused, refused, published, published, refused])).toEqual([
      { event: 'canary_not_published', reason: 'access_denied: not allowed to publish' },
      { event: 'canary_published_again', failures: 3 },
      { event: 'canary_not_published', reason: 'access_denied: not allowed to publish' },
    ]);
  });
});
