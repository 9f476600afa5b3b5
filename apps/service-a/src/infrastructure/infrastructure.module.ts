import { type DynamicModule, Global, Module } from '@nestjs/common';
import { EdgeAggregator, windowSizeFor } from '@latido/edge-accounting';
import { IdempotentReceiverModule } from '@latido/idempotent-receiver/nest';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK, LamportClockModule } from '@latido/lamport-clock/nest';
import { Exposition } from '@latido/observability/prometheus';
import { Identity } from '@latido/service-host';
import { SETTINGS } from '@latido/service-host/nest';
import { SERVICE } from '../commands/build-event';
import { dedupHorizonMs, type ServiceASettings } from '../configuration';
import { METRICS, serviceMetrics } from '../telemetry/service-metrics';
import { INFRASTRUCTURE, type Infrastructure } from './infrastructure';

/** How a process gets its infrastructure. */
export type Connect = (settings: ServiceASettings) => Promise<Infrastructure>;

/** What every part of service-a builds upon: infrastructure, clock, claims, metrics, books of the edges. */
@Global()
@Module({})
export class InfrastructureModule {
  static with(connect: Connect): DynamicModule {
    return {
      module: InfrastructureModule,
      imports: [
        LamportClockModule.forRootAsync({
          inject: [INFRASTRUCTURE],
          useFactory: ({ limits }: Infrastructure) => ({ service: SERVICE, store: limits }),
        }),
        IdempotentReceiverModule.forRootAsync({
          inject: [INFRASTRUCTURE, SETTINGS],
          useFactory: ({ claims }: Infrastructure, settings: ServiceASettings) => ({
            store: claims,
            horizonMs: dedupHorizonMs(settings),
          }),
        }),
      ],
      providers: [
        { provide: INFRASTRUCTURE, inject: [SETTINGS], useFactory: connect },
        { provide: METRICS, inject: [Exposition], useFactory: serviceMetrics },
        { provide: EdgeAggregator, inject: [LAMPORT_CLOCK, Identity, SETTINGS], useFactory: openBooks },
      ],
      exports: [INFRASTRUCTURE, METRICS, EdgeAggregator],
    };
  }
}

/** The epoch of the clock is the epoch of everything this process stamps. */
function openBooks(
  { epoch }: LamportClock,
  identity: Identity,
  { edgeWindow }: ServiceASettings,
): EdgeAggregator {
  identity.claimEpoch(epoch);
  return new EdgeAggregator({ source: `/${SERVICE}`, epoch, windowSize: windowSizeFor(edgeWindow) });
}
