import { join } from 'node:path';
import { repositoryRoot, RunningProcess } from '@latido/testing';
import { OtlpReceiver } from '../otlp/otlp-receiver';

const script = join(repositoryRoot(), 'dist/tools/fixture-service/main.js');
const TOKEN = 'a-token-for-tests';

const start = (env: Readonly<Record<string, string>>) =>
  new RunningProcess({ script, env: { LOCAL_API_TOKEN: TOKEN, ...env } });

async function postNote(service: RunningProcess): Promise<string> {
  const { port } = await service.waitForLog(({ event }) => event === 'service_ready');
  const answer = await fetch(`http://127.0.0.1:${String(port)}/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"subject":"n"}',
  });
  const { traceparent } = (await answer.json()) as { readonly traceparent: string | null };
  return traceparent ?? '';
}

async function packagesOf(service: RunningProcess): Promise<unknown> {
  const { port } = await service.waitForLog(({ event }) => event === 'service_ready');
  return (await fetch(`http://127.0.0.1:${String(port)}/notes/loaded`)).json();
}

describe('tracing of a service', () => {
  it('joins the request, the publish and the process span in one trace, and the log carries it', async () => {
    const collector = await OtlpReceiver.start();
    const service = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const traceparent = await postNote(service);
    const line = await service.waitForLog(({ event }) => event === 'note_kept');
    expect(await service.kill()).toEqual({ code: 0, signal: null });
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const [, traceId = '', spanId = ''] = traceparent.split('-');
    expect(line).toMatchObject({ trace_id: traceId, span_id: spanId });
    const names = collector.spansOfTrace(traceId).map(({ name }) => name);
    for (const name of ['POST /notes', 'publish notes', 'process notes', 'FixtureController.accept'])
      expect(names).toContain(name);
    expect(collector.spans.every(({ service }) => service === 'fixture-service')).toBe(true);
    await collector.stop();
  });

  it('loads nothing of the SDK when it is off', async () => {
    const service = start({});
    expect(await postNote(service)).toBe('');
    expect(await packagesOf(service)).toEqual(['api']);
    await service.kill();
  });

  it('loads the SDK when it is on', async () => {
    const service = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(await packagesOf(service)).toContain('sdk-trace');
    await service.kill();
  });

  it('starts, and stops within two seconds, when the collector is away', async () => {
    const service = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(await postNote(service)).not.toBe('');
    const stoppedAtMs = performance.now();
    expect(await service.kill()).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAtMs).toBeLessThan(2_000);
  });
});
