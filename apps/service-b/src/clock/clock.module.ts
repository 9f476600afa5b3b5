import { Global, Module } from '@nestjs/common';
import { type LamportClock, openLamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { Identity } from '@latido/service-host';
import { STORES, type Stores } from '../infrastructure/infrastructure';

/** The Lamport clock of this process. The time at which it begins is the epoch of this start. */
@Global()
@Module({
  providers: [{ provide: LAMPORT_CLOCK, inject: [STORES, Identity], useFactory: openClock }],
  exports: [LAMPORT_CLOCK],
})
export class ClockModule {}

async function openClock({ limits }: Stores, identity: Identity): Promise<LamportClock> {
  const clock = await openLamportClock({ service: identity.service, store: limits });
  identity.claimEpoch(clock.epoch);
  return clock;
}
