import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { xrayPropagator } from './xray-propagator';

const traceId = '5759e988bd862e3fe1be46a994272793';
const spanId = '53995c3f42cd8ad8';
const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

const extracted = (carrier: Readonly<Record<string, string>>) =>
  trace.getSpanContext(xrayPropagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));

describe('the X-Ray propagator', () => {
  it('writes the header that X-Ray documents', () => {
    const carrier: Record<string, string> = {};
    const active = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED });
    xrayPropagator.inject(active, carrier, defaultTextMapSetter);
    expect(carrier).toEqual({ 'x-amzn-trace-id': header });
  });

  it('writes nothing when there is no trace', () => {
    const carrier: Record<string, string> = {};
    xrayPropagator.inject(ROOT_CONTEXT, carrier, defaultTextMapSetter);
    expect(carrier).toEqual({});
  });

  test.each(['x-amzn-trace-id', 'X-Amzn-Trace-Id'])('reads it, spelt %s', (name) => {
    expect(extracted({ [name]: header })).toEqual({
      traceId,
      spanId,
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    });
  });

  it('reads the parts in any order, with lineage and spaces, and that a trace is not sampled', () => {
    const other = `Self=1-1-1; Sampled=0; Parent=${spanId}; Root=1-5759e988-bd862e3fe1be46a994272793`;
    expect(extracted({ 'x-amzn-trace-id': other })).toMatchObject({ traceId, traceFlags: TraceFlags.NONE });
  });

  test.each([
    '',
    'Root=1-5759e988-bd862e3fe1be46a994272793',
    'Root=1-x-y;Parent=53995c3f42cd8ad8',
    'nonsense',
  ])('leaves the context as it is for "%s"', (broken) => {
    expect(extracted({ 'x-amzn-trace-id': broken })).toBeUndefined();
  });
});
