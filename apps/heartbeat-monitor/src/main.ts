import { runService } from '@latido/service-host';
import { heartbeatMonitor } from './configuration';

void runService(heartbeatMonitor, (host) => {
  const { AppModule } = require('./app.module') as typeof import('./app.module');
  return AppModule.with(host);
});
