import { eventually, freePort, RunningProcess, startLocalAws } from '@latido/testing';
import { OtlpReceiver } from '../otlp/otlp-receiver';
import { ApiClient } from '../rig/api-client';

const TOKEN = 'a-token-for-tests';
const READY_WITHIN = { withinMs: 60_000 };
const SETTLES_WITHIN = { withinMs: 40_000 };

export const SERVICES = ['service-a', 'service-b', 'heartbeat-monitor'] as const;
type Service = (typeof SERVICES)[number];

/**
 * Service, kind and name of the spans that one event makes in all services, from the request to the settlement, and of the
 * requests and messages beside it: heartbeats, and a look at the monitor.
 *
 * @param scriptOf - what to run as each of them.
 */
export async function spansOfOneEvent(scriptOf: (service: Service) => string): Promise<readonly string[]> {
  const collector = await OtlpReceiver.start();
  const aws = await startLocalAws();
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, await freePort()] as const)),
  ) as Readonly<Record<Service, number>>;
  const rpc = await freePort();
  const running = SERVICES.map(
    (service) =>
      new RunningProcess({
        script: scriptOf(service),
        env: {
          ...aws.env,
          LOCAL_API_TOKEN: TOKEN,
          PORT: String(ports[service]),
          METRICS_PORT: '0',
          RPC_PORT: String(rpc),
          SERVICE_B_RPC_URL: `tcp://127.0.0.1:${rpc}`,
          HEARTBEAT_QUEUE_ORDINAL: '0',
          HEARTBEAT_INTERVAL_MS: '2000',
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        },
      }),
  );
  for (const process of running)
    await process.waitForLog(({ event }) => event === 'service_ready', READY_WITHIN);
  const clientOf = (service: Service) => new ApiClient(`http://127.0.0.1:${ports[service]}`, TOKEN);
  await acceptOne(clientOf('service-a'));
  await clientOf('heartbeat-monitor').read('/api/status');
  const senders = (): number =>
    new Set(collector.spans.filter(({ name }) => name === 'publish heartbeats').map(({ service }) => service))
      .size;
  await eventually(() => expect(senders()).toBe(SERVICES.length), SETTLES_WITHIN);
  // Told to stop, each sends the spans that it still has.
  for (const process of [...running, aws.process]) await process.kill();
  await collector.stop();
  const { traceId } = collector.spans.find(({ name }) => name === 'POST /events') ?? {};
  const told = collector.spans.filter(
    (span) => span.traceId === traceId || ['SERVER', 'CONSUMER', 'PRODUCER'].includes(span.kind),
  );
  return [...new Set(told.map(({ service, kind, name }) => `${service} ${kind} ${name}`))].toSorted();
}

/** Has an event accepted, and waits until it is complete. */
async function acceptOne(client: ApiClient): Promise<void> {
  const { body } = await client.post('/events', { subject: 'cart-1', operation: 'put', data: {} });
  const { id } = body as { readonly id: string };
  await eventually(
    async () => expect(await client.read(`/events/${id}`)).toMatchObject({ status: 'complete' }),
    SETTLES_WITHIN,
  );
}
