import { runService } from '@latido/service-host';
import { fixtureService } from './fixture-service';

void runService(fixtureService, (host) => {
  const { FixtureModule } = require('./fixture.module') as typeof import('./fixture.module');
  return FixtureModule.with(host);
});
