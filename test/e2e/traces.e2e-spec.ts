import { eventually, freePort } from '@latido/testing';
import { type Edge, edges, topology } from '@latido/topology';
import { OtlpReceiver } from '../otlp/otlp-receiver';
import type { ReceivedSpan } from '../otlp/received-span';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { FaultProxy } from '../rig/fault-proxy';
import { Scene } from '../rig/scene';

type Settings = Readonly<Record<string, string>>;

const SETTLES_WITHIN = { withinMs: 40_000 };
const TRACE_ID = '6921c0d4a1b2c3d4e5f60718293a4b5c';
const CALLER_ID = 'aabbccddeeff0011';

/** A scene whose services send their spans to a collector of its own. */
async function inTracedScene(
  settings: Settings,
  story: (scene: Scene, collector: OtlpReceiver) => Promise<void>,
): Promise<void> {
  const collector = await OtlpReceiver.start();
  const scene = await Scene.open({
    settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'debug', ...settings },
  });
  try {
    await scene.tell(() => story(scene, collector));
  } finally {
    await scene.close();
    await collector.stop();
  }
}

async function postEvent(scene: Scene, headers: Settings): Promise<string> {
  const command = { subject: 'cart-7', operation: 'put', data: { note: PAYLOAD_MARKER } };
  const { status, body } = await scene.a.post('/events', command, headers);
  expect(status).toBe(202);
  return (body as { readonly id: string }).id;
}

async function untilComplete(scene: Scene, id: string): Promise<void> {
  await eventually(
    async () => expect(await scene.a.read(`/events/${id}`)).toMatchObject({ status: 'complete' }),
    SETTLES_WITHIN,
  );
}

function only(spans: readonly ReceivedSpan[], wanted: Partial<ReceivedSpan>): ReceivedSpan {
  const found = spans.filter((span) => matches(span, wanted));
  if (found.length !== 1) {
    const seen = spans.map(({ service, kind, name }) => `${service} ${kind} ${name}`).join('\n');
    throw new Error(`${found.length} spans are like ${JSON.stringify(wanted)} among\n${seen}`);
  }
  return found[0]!;
}

function matches(span: ReceivedSpan, wanted: Partial<ReceivedSpan>): boolean {
  return Object.entries(wanted).every(([name, value]) => span[name as keyof ReceivedSpan] === value);
}

/** Everything that happened inside a span. */
function within(span: ReceivedSpan, spans: readonly ReceivedSpan[]): readonly ReceivedSpan[] {
  const children = spans.filter(({ parentSpanId }) => parentSpanId === span.spanId);
  return children.flatMap((child) => [child, ...within(child, spans)]);
}

/** The one process span of a message: a child of its producer's span, and linked to it. */
function processSpanOf(producer: ReceivedSpan, spans: readonly ReceivedSpan[], { queue, consumer }: Edge) {
  const span = only(spans, {
    name: `process ${queue}`,
    service: consumer,
    kind: 'CONSUMER',
    parentSpanId: producer.spanId,
  });
  expect(span.links).toContainEqual({ traceId: producer.traceId, spanId: producer.spanId });
  return span;
}

function edgeOf(topic: string): Edge {
  return edges(topology).find((edge) => edge.topic === topic)!;
}

/** Request, publish, process, DynamoDB, receipt, settle: one trace, each step inside the one before. */
function requireWholeTrace(spans: readonly ReceivedSpan[]): void {
  const request = only(spans, { name: 'POST /events', service: 'service-a', kind: 'SERVER' });
  const published = only(within(request, spans), { name: 'publish state-events', kind: 'PRODUCER' });
  const processed = processSpanOf(published, spans, edgeOf('state-events'));
  const receipt = only(within(processed, spans), { name: 'publish receipts', kind: 'PRODUCER' });
  const settled = processSpanOf(receipt, spans, edgeOf('receipts'));
  for (const [step, calls] of [
    [request, ['PutItem']],
    [processed, ['PutItem', 'Query']],
    [settled, ['GetItem', 'PutItem']],
  ] as const) {
    const made = within(step, spans).filter(
      ({ service, name }) => service === step.service && /DynamoDB/.test(name),
    );
    expect(made.map(({ attributes }) => attributes['rpc.method'])).toEqual(
      expect.arrayContaining([...calls]),
    );
  }
}

/** A message went this way, and its two ends are joined. */
function requireTracedEdge(edge: Edge, spans: readonly ReceivedSpan[]): void {
  const sent = { name: `publish ${edge.topic}`, service: edge.producer, kind: 'PRODUCER' } as const;
  const received = { name: `process ${edge.queue}`, service: edge.consumer, kind: 'CONSUMER' } as const;
  const producers = spans.filter((span) => matches(span, sent));
  const joined = producers.filter(({ spanId, traceId }) =>
    spans.some(
      (span) =>
        matches(span, { ...received, traceId, parentSpanId: spanId }) &&
        span.links.some((link) => link.spanId === spanId && link.traceId === traceId),
    ),
  );
  if (joined.length === 0) throw new Error(`no trace goes from ${sent.name} to ${received.name}`);
}

/** Both replicas, each with its own queue. */
async function startMonitors(scene: Scene): Promise<void> {
  await scene.start('heartbeat-monitor');
  const [PORT, METRICS_PORT] = [String(await freePort()), String(await freePort())];
  const second = await scene.spawn('heartbeat-monitor', { HEARTBEAT_QUEUE_ORDINAL: '1', PORT, METRICS_PORT });
  await second.waitForReady();
}

describe.each([
  ['W3C', {}, { traceparent: `00-${TRACE_ID}-${CALLER_ID}-01` }],
  [
    'X-Ray',
    { OTEL_PROPAGATORS: 'xray' },
    {
      'x-amzn-trace-id': `Root=1-${TRACE_ID.slice(0, 8)}-${TRACE_ID.slice(8)};Parent=${CALLER_ID};Sampled=1`,
    },
  ],
] as const)('traces with %s propagation', (_name, settings, headers) => {
  it(
    'join request, publish, process, DynamoDB, receipt and settlement in one, and the two ends of every edge',
    async () =>
      inTracedScene(settings, async (scene, collector) => {
        await scene.start('service-a', 'service-b');
        await startMonitors(scene);
        const id = await postEvent(scene, headers);
        await untilComplete(scene, id);
        await eventually(() => {
          requireWholeTrace(collector.spansOfTrace(TRACE_ID));
          for (const edge of edges(topology)) requireTracedEdge(edge, collector.spans);
        }, SETTLES_WITHIN);
        const settled = scene.processOf('service-a').logs.find(({ event }) => event === 'event_settled');
        const handled = scene.processOf('service-b').logs.find(({ event }) => event === 'event_handled');
        expect(settled).toMatchObject({ event_id: id, trace_id: TRACE_ID });
        expect(handled).toMatchObject({ event_id: id, trace_id: TRACE_ID });
        expect(
          collector.spans.filter(({ attributes }) => attributes['rpc.method'] === 'ReceiveMessage'),
        ).toEqual([]);
        expect(JSON.stringify(collector.spans)).not.toContain(PAYLOAD_MARKER);
      }),
    120_000,
  );
});

describe('a trace that begins here', () => {
  it('has an id that X-Ray takes, with OTEL_PROPAGATORS=xray', async () =>
    inTracedScene({ OTEL_PROPAGATORS: 'xray' }, async (scene, collector) => {
      await scene.start('service-a');
      const beforeSeconds = Math.floor(Date.now() / 1_000);
      await postEvent(scene, {});
      const { traceId } = await eventually(
        () => only(collector.spans, { name: 'POST /events' }),
        SETTLES_WITHIN,
      );
      const madeSeconds = Number.parseInt(traceId.slice(0, 8), 16);
      expect(madeSeconds).toBeGreaterThanOrEqual(beforeSeconds);
      expect(madeSeconds).toBeLessThanOrEqual(Date.now() / 1_000);
    }));

  it(
    'is kept from the request on when the relay publishes, and its consumer joins it',
    async () =>
      inTracedScene({}, async (scene, collector) => {
        const sns = await FaultProxy.start(scene.endpoints['AWS_ENDPOINT_URL_SNS'] ?? '', () => 0);
        scene.detour({ AWS_ENDPOINT_URL_SNS: sns.url });
        await scene.start('service-a');
        scene.detour({ AWS_ENDPOINT_URL_SNS: scene.endpoints['AWS_ENDPOINT_URL_SNS'] ?? '' });
        await scene.start('service-b');
        sns.faults = { away: 1 };
        const id = await postEvent(scene, { traceparent: `00-${TRACE_ID}-${CALLER_ID}-01` });
        await scene.processOf('service-a').waitForLog(({ event }) => event === 'event_not_published');
        sns.faults = {};
        await untilComplete(scene, id);
        await eventually(() => {
          const spans = collector.spansOfTrace(TRACE_ID);
          const published = spans.filter(({ name }) => name === 'publish state-events');
          expect(published.map(({ hasFailed }) => hasFailed)).toEqual(expect.arrayContaining([true, false]));
          processSpanOf(
            published.find(({ hasFailed }) => !hasFailed)!,
            spans,
            edgeOf('state-events'),
          );
        }, SETTLES_WITHIN);
        await sns.close();
      }),
    90_000,
  );

  it('is not kept with OTEL_TRACES_SAMPLER=always_off, and the work is done all the same', async () =>
    inTracedScene({ OTEL_TRACES_SAMPLER: 'always_off' }, async (scene, collector) => {
      await scene.start('service-a', 'service-b');
      await untilComplete(scene, await postEvent(scene, { traceparent: `00-${TRACE_ID}-${CALLER_ID}-01` }));
      await scene.kill('service-a', 'SIGTERM');
      await scene.kill('service-b', 'SIGTERM');
      expect(collector.spans).toEqual([]);
    }));
});
