import { join } from 'node:path';
import { repositoryRoot, RunningProcess } from '@latido/testing';

const script = join(repositoryRoot(), 'dist/tools/fixture-service/main.js');
const start = (env: Readonly<Record<string, string>> = {}) => new RunningProcess({ script, env });
const ready = (service: RunningProcess) => service.waitForLog(({ event }) => event === 'service_ready');

describe('a service as a process', () => {
  it('exits 78 and lists every problem with its fix when its configuration is bad', async () => {
    const service = start({ PORT: 'x', BATCH_SIZE: '11', HOST: '127.0.0.1' });
    expect(await service.exited).toMatchObject({ code: 78 });
    expect(service.text).toEqual([
      'fixture-service cannot start: 2 problems',
      expect.stringContaining('1. PORT "x" is not an integer from 0 to 65535'),
      expect.stringContaining('fix: set PORT to integer 0 to 65535'),
      expect.stringContaining('2. BATCH_SIZE "11" is not an integer from 1 to 10'),
      expect.stringContaining('fix: set BATCH_SIZE to'),
    ]);
  });

  it('exits 78 when others could reach it without a token', async () => {
    const service = start({ HOST: '0.0.0.0' });
    expect(await service.exited).toMatchObject({ code: 78 });
    expect(service.text.join('\n')).toContain('LOCAL_API_TOKEN');
  });

  it('exits 78 with what is missing when its module refuses to start', async () => {
    const service = start({ FAULT: 'table-missing' });
    expect(await service.exited).toMatchObject({ code: 78 });
    expect(service.text.join('\n')).toMatch(/IdempotencyTable is missing\n.*fix: create it\n.*WriteAheadLog/);
  });

  it('exits 78 and names the port when it is taken', async () => {
    const first = start();
    const { port } = await ready(first);
    const second = start({ PORT: String(port) });
    expect(await second.exited).toMatchObject({ code: 78 });
    expect(second.text.join('\n')).toContain(`port ${String(port)} is taken`);
    await first.kill();
  });

  it('prints a token that works when none is configured, and keeps one that is', async () => {
    const service = start();
    const { port } = await ready(service);
    const { msg } = await service.waitForLog(({ event }) => event === 'local_token');
    const token = String(msg).split(' ').at(-1);
    const answer = await fetch(`http://127.0.0.1:${String(port)}/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"subject":"n"}',
    });
    expect(answer.status).toBe(202);
    await service.kill();
    const given = start({ LOCAL_API_TOKEN: 'a-token-that-stays-unsaid' });
    await ready(given);
    await given.kill();
    expect(JSON.stringify([...given.logs, ...given.text])).not.toContain('stays-unsaid');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'stops in the order of the design on %s, and exits 0',
    async (signal) => {
      const service = start();
      await ready(service);
      expect(await service.kill(signal)).toEqual({ code: 0, signal: null });
      const phases = service.logs.filter(({ event }) => event === 'stop_step_done').map(({ phase }) => phase);
      expect([...new Set(phases)]).toEqual([
        'stop_polling',
        'finish_handlers',
        'delete_acknowledged',
        'goodbye',
        'close_http',
        'flush_telemetry',
      ]);
    },
  );

  it('exits 1 at once on a second signal', async () => {
    const service = start({ FAULT: 'stuck-step' });
    await ready(service);
    const exited = service.kill('SIGTERM');
    await service.waitForLog(({ event }) => event === 'stop_requested');
    await service.kill('SIGTERM');
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(service.logs.at(-1)).toMatchObject({ event: 'stop_forced' });
  });

  it('exits 1 when the stop takes longer than it may', async () => {
    const service = start({ FAULT: 'stuck-step', STOP_TIMEOUT_MS: '1000' });
    await ready(service);
    expect(await service.kill('SIGTERM')).toEqual({ code: 1, signal: null });
    expect(service.logs.at(-1)).toMatchObject({ event: 'stop_timed_out' });
  });

  it('stops in order and exits 1 after an error that nobody caught', async () => {
    const service = start({ FAULT: 'stray-rejection' });
    expect(await service.exited).toEqual({ code: 1, signal: null });
    const events = service.logs.map(({ event }) => event);
    expect(events.indexOf('process_failed')).toBeLessThan(events.indexOf('stop_step_done'));
    expect(events.at(-1)).toBe('stopped');
  });

  it('serves its metrics on a port of their own', async () => {
    const service = start();
    const { port, metrics_port } = await ready(service);
    const page = await fetch(`http://127.0.0.1:${String(metrics_port)}/metrics`);
    expect(await page.text()).toContain('interop_build_info{service="fixture-service"');
    expect((await fetch(`http://127.0.0.1:${String(port)}/metrics`)).status).toBe(404);
    await service.kill();
  });
});
