import { Global, Module } from '@nestjs/common';
import { EdgeAggregator, windowSizeFor } from '@latido/edge-accounting';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { Exposition } from '@latido/observability/prometheus';
import { SETTINGS } from '@latido/service-host/nest';
import type { ServiceBSettings } from '../configuration';
import { METRICS, type ServiceBMetrics, serviceBMetrics } from './metrics';
import { HandledMessages } from './handled-messages';

/** Metrics and books. */
@Global()
@Module({
  providers: [
    { provide: METRICS, inject: [Exposition], useFactory: serviceBMetrics },
    {
      provide: EdgeAggregator,
      inject: [LAMPORT_CLOCK, SETTINGS],
      useFactory: ({ epoch }: LamportClock, { edgeWindow }: ServiceBSettings) =>
        new EdgeAggregator({ source: '/service-b', epoch, windowSize: windowSizeFor(edgeWindow) }),
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
