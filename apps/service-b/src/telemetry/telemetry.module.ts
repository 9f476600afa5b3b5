import { Global, Module } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { Exposition } from '@latido/observability/prometheus';
import { METRICS, type ServiceBMetrics, serviceBMetrics } from './metrics';
import { HandledMessages } from './handled-messages';

/** Metrics and books. */
@Global()
@Module({
  providers: [
    { provide: METRICS, inject: [Exposition], useFactory: serviceBMetrics },
    {
      provide: EdgeAggregator,
      inject: [LAMPORT_CLOCK],
      useFactory: ({ epoch }: LamportClock) => new EdgeAggregator({ source: '/service-b', epoch }),
    },
    {
      provide: HandledMessages,
      inject: [METRICS, EdgeAggregator],
      useFactory: (metrics: ServiceBMetrics, edges: EdgeAggregator) =>
        new HandledMessages(metrics, edges, Date.now),
    },
  ],
  exports: [METRICS, EdgeAggregator, HandledMessages],
})
export class TelemetryModule {}
