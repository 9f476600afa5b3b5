import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Link,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from './sdk-parts';
import type { TracingSettings } from './tracing';

type Sampler = NonNullable<NodeSDKConfiguration['sampler']>;

/** What a trace may begin with: a request that came in, a message that is sent or handled. */
const BEGINNINGS: ReadonlySet<SpanKind> = new Set([SpanKind.SERVER, SpanKind.PRODUCER, SpanKind.CONSUMER]);

/** The sampler of the settings, for traces that are worth one: see {@link SamplerOfWork}. */
export function samplerOf(settings: Pick<TracingSettings, 'sampler' | 'ratio'>): Sampler {
  return new SamplerOfWork(namedSampler(settings));
}

/**
 * Leaves out what happens without anybody having asked: a poll that finds nothing, a look at the start whether a
 * table is there, a timer that reads a row. Each would be a trace of its own that says nothing.
 */
class SamplerOfWork implements Sampler {
  constructor(private readonly sampler: Sampler) {}

  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ) {
    if (!hasParent(context) && !beginsWork(kind, attributes))
      return { decision: SamplingDecision.NOT_RECORD };
    return this.sampler.shouldSample(context, traceId, spanName, kind, attributes, links);
  }

  toString(): string {
    return `SamplerOfWork{${this.sampler.toString()}}`;
  }
}

function hasParent(context: Context): boolean {
  const parent = trace.getSpanContext(context);
  return parent !== undefined && isSpanContextValid(parent);
}

/** The AWS instrumentation calls a receive a consumer, whether it finds a message or not. */
function beginsWork(kind: SpanKind, attributes: Attributes): boolean {
  return BEGINNINGS.has(kind) && attributes['rpc.system'] !== 'aws-api';
}

function namedSampler({ sampler, ratio }: Pick<TracingSettings, 'sampler' | 'ratio'>): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
    case 'parentbased_always_on':
    default:
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  }
}
