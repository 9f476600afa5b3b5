import { parse } from 'yaml';
import { chartRoutes, chartRules } from './chart-rules';
import { Pace } from './pace';

describe('chartRules', () => {
  const files = chartRules(
    { namespace: 'somewhere', monitors: 1, alerts: { InteropDLQNotEmpty: { threshold: 7 } } },
    new Pace(2_000),
  );
  const text = Object.values(files).join('\n');

  it('replaces every token', () => {
    expect(text).not.toMatch(/@\w+(\.\w+)?@/);
    expect(text.length).toBeGreaterThan(10_000);
  });

  it('selects the namespace and keeps what the caller sets', () => {
    expect(text).toContain('interop_dlq_messages{namespace="somewhere",release="latido"}');
    expect(text).toMatch(/interop_dlq_messages[^>]*> 7/);
  });

  it('shortens the ages that expressions compare with', () => {
    expect(text).toMatch(/interop_channel_watermark_timestamp_seconds\{[^}]*\} > 0\)\) > 3\b/);
  });
});

describe('chartRoutes', () => {
  it('keeps every receiver, and whether it hears that an alert is over', () => {
    const webhook = { url: 'http://127.0.0.1:1', bearerToken: 'token' };
    const text = chartRoutes((name) => (name === 'console' ? webhook : undefined), new Pace(10_000));
    const { receivers } = parse(text) as { readonly receivers: readonly { readonly name: string }[] };
    expect(receivers.length).toBeGreaterThan(3);
    expect(receivers.filter((receiver) => 'webhook_configs' in receiver)).toEqual([
      {
        name: 'console',
        webhook_configs: [
          { url: webhook.url, send_resolved: true, http_config: { authorization: { credentials: 'token' } } },
        ],
      },
    ]);
  });
});
