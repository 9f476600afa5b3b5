import type { LogFields } from '@latido/observability';
import { logHeartbeatOutages } from './log-heartbeat-outages';

describe('the log of heartbeats', () => {
  const lines: (readonly [string, LogFields])[] = [];
  const at = (level: string) => (fields: LogFields) => void lines.push([level, fields]);
  const log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };

  beforeEach(() => lines.splice(0));

  it('warns of the beginning of an outage with what the topic answered', () => {
    logHeartbeatOutages(log).onFailed(new Error('AccessDenied'));
    expect(lines).toEqual([['warn', { event: 'heartbeat_not_published', reason: 'AccessDenied' }]]);
  });

  it('tells its end with how many heartbeats were not sent', () => {
    logHeartbeatOutages(log).onRecovered(4);
    expect(lines).toEqual([['info', { event: 'heartbeat_published_again', failures: 4 }]]);
  });
});
