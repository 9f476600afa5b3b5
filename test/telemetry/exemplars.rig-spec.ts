import { eventually } from '@latido/testing';
import { type Prometheus, startPrometheus } from '../../tools/prometheus/prometheus';
import { OtlpReceiver } from '../otlp/otlp-receiver';
import { acceptAll, commands, untilSettled } from '../rig/ledger';
import { type App, Scene } from '../rig/scene';

/** What Prometheus answers to a question for exemplars. */
type Exemplars = readonly {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: { readonly trace_id: string } }[];
}[];

const WITHIN = { withinMs: 60_000 };
const CONSUMERS: readonly (readonly [consumer: App, producer: App, topic: string])[] = [
  ['service-b', 'service-a', 'state-events'],
  ['service-a', 'service-b', 'receipts'],
];

describe('exemplars', () => {
  let collector: OtlpReceiver;
  let scene: Scene;
  let prometheus: Prometheus;

  beforeAll(async () => {
    collector = await OtlpReceiver.start();
    scene = await Scene.open({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    await scene.start('service-a', 'service-b');
    prometheus = await startPrometheus({ targets: targetsOf(scene), scrapeIntervalMs: 1_000 });
    await acceptAll(scene, commands(5, { subjects: 2 }));
    await untilSettled(scene, WITHIN);
  }, 120_000);

  afterAll(async () => {
    await prometheus?.stop();
    await scene?.close();
    await collector?.stop();
  });

  describe.each(['interop_edge_delivery_seconds', 'interop_edge_processing_seconds'])(
    'of %s',
    (histogram) => {
      it.each(CONSUMERS)(
        'takes an exemplar of %s from a real Prometheus and finds that trace at the OTLP receiver',
        async (consumer, producer, topic) => {
          const edge = `consumer="${consumer}",producer="${producer}",topic="${topic}"`;
          const traceId = await exemplarOf(prometheus, `${histogram}_bucket{${edge}}`);
          await eventually(() => {
            const services = collector.spansOfTrace(traceId).map(({ service }) => service);
            expect(services).toEqual(expect.arrayContaining([producer, consumer]));
          }, WITHIN);
        },
      );
    },
  );
});

/** The trace of the newest message that Prometheus has an exemplar of. */
async function exemplarOf(prometheus: Prometheus, query: string): Promise<string> {
  return eventually(async () => {
    const start = String(Date.now() / 1_000 - 600);
    const end = String(Date.now() / 1_000 + 60);
    const found = await prometheus.read<Exemplars>('/api/v1/query_exemplars', { query, start, end });
    const traceId = found.flatMap(({ exemplars }) => exemplars).at(-1)?.labels.trace_id;
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    return traceId ?? '';
  }, WITHIN);
}

function targetsOf(scene: Scene) {
  return (['service-a', 'service-b'] as const).map((app) => ({
    address: `127.0.0.1:${scene.envOf(app)['METRICS_PORT']}`,
    labels: { namespace: 'local', release: 'latido', app, pod: `${app}-0` },
  }));
}
