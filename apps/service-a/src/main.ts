import { runService } from '@latido/service-host';
import { serviceA } from './configuration';

void runService(serviceA, (host) => {
  // Loaded here, after tracing has started: what is loaded earlier makes no spans.
  const { ServiceAModule } = require('./app.module') as typeof import('./app.module');
  const { connectAws } =
    require('./infrastructure/connect-aws') as typeof import('./infrastructure/connect-aws');
  return ServiceAModule.with(host, { connect: connectAws, isConsuming: true });
});
