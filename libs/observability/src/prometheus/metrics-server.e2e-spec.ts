import type { LogFields } from '../core/log';
import { createMetrics } from './create-metrics';
import { Exposition } from './exposition';
import { MetricsServer } from './metrics-server';

describe('MetricsServer', () => {
  const errors: LogFields[] = [];
  const quiet = () => undefined;
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    fatal: quiet,
    error: (fields: LogFields) => void errors.push(fields),
  };
  const exposition = new Exposition({ service: 'test', version: '1' });
  let server: MetricsServer;
  let url: string;

  beforeAll(async () => {
    server = await MetricsServer.start({ host: '127.0.0.1', port: 0, exposition, log });
    url = `http://127.0.0.1:${server.port}`;
  });
  afterAll(() => server.stop());

  it('serves the page with its content type', async () => {
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(exposition.contentType);
    expect(await response.text()).toContain('interop_build_info');
  });

  it('has nothing at other paths and takes no other method', async () => {
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  it('serves a page of many chunks whole, also after a reader that went away in the middle', async () => {
    const { interop_instance_start_timestamp_seconds: started } = createMetrics(exposition.registry, [
      'interop_instance_start_timestamp_seconds',
    ]);
    const instances = 20_000;
    for (let i = 0; i < instances; i += 1) started.set({ service: 'many', instance_id: `${i}` }, i);
    const impatient = await fetch(`${url}/metrics`);
    await impatient.body?.cancel();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text.match(/^interop_instance_start_timestamp_seconds\{/gm)).toHaveLength(instances);
    expect(text.endsWith('# EOF\n')).toBe(true);
  });

  it('refuses to start on a port that is taken', async () => {
    const second = MetricsServer.start({ host: '127.0.0.1', port: server.port, exposition, log });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('answers 500 without the cause, and logs it, when the page cannot be written', async () => {
    exposition.beforeEach(() => Promise.reject(new Error('no queue')));
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('no queue');
    expect(errors).toEqual([
      expect.objectContaining({ event: 'exposition_failed', err: new Error('no queue') }),
    ]);
  });
});
