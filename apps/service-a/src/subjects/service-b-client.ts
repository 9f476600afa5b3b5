import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { type Log, ReadinessChecks } from '@latido/observability';
import { LOG, SETTINGS } from '@latido/service-host/nest';
import { lastValueFrom } from 'rxjs';
import { peerAddress, type ServiceASettings } from '../configuration';
import { PeerGuard } from './peer-guard';
import type { PeerAnswer } from './subject-reader';

/** The synchronous edge: asks service-b for current state over TCP, behind a guard. */
@Injectable()
export class ServiceBClient implements OnModuleDestroy {
  private readonly guard = new PeerGuard();
  private readonly client: ClientProxy;

  constructor(
    @Inject(SETTINGS) { serviceBRpcUrl }: ServiceASettings,
    @Inject(ReadinessChecks) readiness: ReadinessChecks,
    @Inject(LOG) private readonly log: Log,
  ) {
    const address = peerAddress(serviceBRpcUrl);
    this.client = ClientProxyFactory.create({ transport: Transport.TCP, options: { ...address } });
    // Shown, never a reason to be unready: everything but this query works without service-b.
    readiness.register({
      name: 'service_b_query',
      check: () => ({ ok: true, details: { breaker: this.guard.state } }),
    });
  }

  /** Never throws. */
  async ask(subject: string): Promise<PeerAnswer> {
    const asked = await this.guard.call(async () =>
      lastValueFrom(this.client.send<unknown>({ cmd: 'state.current' }, { subject })),
    );
    if (asked.outcome === 'refused')
      this.log.warn({ event: 'query_degraded', reason: asked.reason }, 'service-b does not answer');
    return asked;
  }

  onModuleDestroy(): void {
    void this.client.close();
  }
}
