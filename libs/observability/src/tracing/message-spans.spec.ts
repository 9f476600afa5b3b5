import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { failSpanOf, inSpanOf, type ProducerRelation, withConsumerSpans } from './consumer-spans';
import { type TraceCarrier, withProducerSpan } from './producer-span';
import { samplerOf } from './sampler';
import {
  AsyncLocalStorageContextManager,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  W3CTraceContextPropagator,
} from './sdk-parts';
import { currentSampledTraceId, currentTraceparent } from './traceparent';

const memory = new InMemorySpanExporter();
const REQUEST = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const UNSAMPLED = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00`;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const sampler = samplerOf({ sampler: 'parentbased_always_on', ratio: 1 });
  trace.setGlobalTracerProvider(
    new TracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] }),
  );
});

beforeEach(() => memory.reset());

const spans = () =>
  memory.getFinishedSpans().map((span) => ({
    name: span.name,
    kind: span.kind,
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parent: span.parentSpanContext?.spanId,
    links: span.links.map((link) => link.context.spanId),
    status: span.status,
    attributes: span.attributes,
  }));

const message = (messageId: string, traceparent?: string) => ({
  messageId,
  attributes: traceparent === undefined ? {} : { traceparent },
});

async function consume(
  messages: readonly ReturnType<typeof message>[],
  relation: ProducerRelation = 'both',
  handle: () => Promise<unknown> = () => Promise.resolve(),
) {
  await withConsumerSpans({ destination: 'q', messages, relation }, handle);
  return spans();
}

describe('the span of a message that is sent', () => {
  it('belongs to the trace it was made in, whatever is active when it is sent', async () => {
    const send = (carrier: TraceCarrier) => Promise.resolve(carrier);
    const carrier = await trace
      .getTracer('test')
      .startActiveSpan('relay round', { kind: SpanKind.SERVER }, () =>
        withProducerSpan({ destination: 't', madeIn: REQUEST }, send),
      );
    const [span] = spans();
    expect(span).toMatchObject({ name: 'publish t', kind: SpanKind.PRODUCER, parent: 'b'.repeat(16) });
    expect(carrier).toEqual({ traceparent: `00-${'a'.repeat(32)}-${span?.spanId}-01` });
  });

  it('begins a trace where nothing is known of the one it was made in', async () => {
    await withProducerSpan({ destination: 't', madeIn: 'broken' }, () => Promise.resolve());
    expect(spans()).toMatchObject([{ name: 'publish t', parent: undefined }]);
  });

  it('has failed when sending throws, and when it is said to', async () => {
    const refused = withProducerSpan({ destination: 't' }, () => Promise.reject(new Error('no')));
    await expect(refused).rejects.toThrow('no');
    await withProducerSpan({ destination: 't' }, async (_carrier, fail) => fail('throttled'));
    expect(spans().map(({ status }) => status)).toEqual([
      { code: SpanStatusCode.ERROR, message: 'no' },
      { code: SpanStatusCode.ERROR, message: 'throttled' },
    ]);
  });
});

describe('the span of a message that is handled', () => {
  test.each([
    ['both', 'b'.repeat(16), ['b'.repeat(16)]],
    ['parent', 'b'.repeat(16), []],
    ['link', undefined, ['b'.repeat(16)]],
  ] as const)('refers to its producer by %s', async (relation, parent, links) => {
    expect(await consume([message('1', REQUEST)], relation)).toMatchObject([
      { name: 'process q', kind: SpanKind.CONSUMER, parent, links },
    ]);
  });

  it('begins a trace where the producer does not trace', async () => {
    expect(await consume([message('1')])).toMatchObject([{ parent: undefined, links: [] }]);
  });

  it('is what the handler runs in, and ends when that fails', async () => {
    let seen: string | undefined;
    const failing = consume([message('1', REQUEST)], 'both', async () => {
      seen = currentTraceparent();
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    const [span] = spans();
    expect(seen).toBe(`00-${'a'.repeat(32)}-${span?.spanId}-01`);
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'broken' });
  });

  it('is one each in a batch; the work is in the first that is kept, and the others link to it', async () => {
    const batch = [message('1', UNSAMPLED), message('2', REQUEST), message('3')];
    let seen: string | undefined;
    await consume(batch, 'both', async () => {
      seen = currentSampledTraceId();
    });
    const [second, third] = spans();
    expect(spans()).toHaveLength(2);
    expect(seen).toBe('a'.repeat(32));
    expect(second).toMatchObject({ links: ['b'.repeat(16)], parent: 'b'.repeat(16) });
    expect(third).toMatchObject({ links: [second?.spanId], parent: undefined });
    expect(second?.attributes['messaging.batch.message_count']).toBe(3);
  });

  it('can be entered for what is done for that message, also when it has ended', async () => {
    const [first, second] = [message('1', REQUEST), message('2')];
    await consume([first, second]);
    expect(inSpanOf(first, currentSampledTraceId)).toBe('a'.repeat(32));
    expect(inSpanOf(second, currentSampledTraceId)).toBe(spans()[1]?.traceId);
    expect(inSpanOf(message('3'), currentSampledTraceId)).toBeUndefined();
  });

  it('can be said to have failed, alone in its batch', async () => {
    const batch = [message('1'), message('2')];
    await consume(batch, 'both', async () => failSpanOf(batch[1]!, 'contract_unknown'));
    expect(spans().map(({ status }) => status.code)).toEqual([SpanStatusCode.UNSET, SpanStatusCode.ERROR]);
  });

  it('is not made for no messages', async () => {
    expect(await consume([])).toEqual([]);
  });
});

describe('the sampler', () => {
  const start = (kind: SpanKind, attributes = {}) =>
    trace.getTracer('test').startSpan('s', { kind, attributes }).isRecording();

  it('keeps what begins work, and nothing else that has no parent', () => {
    expect([SpanKind.SERVER, SpanKind.PRODUCER, SpanKind.CONSUMER].map((kind) => start(kind))).toEqual([
      true,
      true,
      true,
    ]);
    expect([SpanKind.CLIENT, SpanKind.INTERNAL].map((kind) => start(kind))).toEqual([false, false]);
  });

  it('leaves out the polls of the AWS SDK, which calls them consumers', () => {
    expect(start(SpanKind.CONSUMER, { 'rpc.system': 'aws-api' })).toBe(false);
  });
});
