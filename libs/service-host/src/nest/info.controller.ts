import { Controller, Get, Inject } from '@nestjs/common';
import { Identity } from '../core/identity';

/** GET /info: who answers here. `incarnation` and `epoch` are null until the epoch is claimed. */
@Controller('info')
export class InfoController {
  constructor(@Inject(Identity) private readonly identity: Identity) {}

  @Get()
  info(): object {
    const { service, version, instanceId, incarnation, epoch, startedAtMs } = this.identity;
    return {
      service,
      version,
      instance: instanceId,
      incarnation: incarnation ?? null,
      epoch: epoch ?? null,
      startedAt: new Date(startedAtMs).toISOString(),
    };
  }
}
