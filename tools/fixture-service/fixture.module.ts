import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { type Host, type SettingsOf, StartRefusedError, StopSequence } from '@latido/service-host';
import { SETTINGS } from '@latido/service-host/nest';
import { FixtureController } from './fixture.controller';
import type { fixtureService } from './fixture-service';

type Settings = SettingsOf<(typeof fixtureService)['own']>;

@Module({})
export class FixtureModule implements OnModuleInit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(StopSequence) private readonly stop: StopSequence,
  ) {}

  static with({ identity }: Host<(typeof fixtureService)['own']>): DynamicModule {
    identity.claimEpoch(1_000);
    return { module: FixtureModule, controllers: [FixtureController] };
  }

  onModuleInit(): void {
    const { fault } = this.settings;
    if (fault === 'table-missing')
      throw new StartRefusedError([
        { problem: 'table IdempotencyTable is missing', fix: 'create it' },
        { problem: 'table WriteAheadLog is missing', fix: 'create it' },
      ]);
    if (fault === 'stray-rejection') setTimeout(() => void Promise.reject(new Error('stray')), 50);
    for (const phase of ['goodbye', 'delete_acknowledged', 'finish_handlers', 'stop_polling'] as const)
      this.stop.register({
        phase,
        name: phase,
        timeoutMs: 60_000,
        run: () => (fault === 'stuck-step' ? new Promise(() => undefined) : Promise.resolve()),
      });
  }
}
