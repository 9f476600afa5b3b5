import { runService } from '@latido/service-host';
import { serviceB } from './configuration';

void runService(
  serviceB,
  (host) => {
    // Loaded here, after tracing has started: what is loaded earlier makes no spans.
    const { AppModule } = require('./app.module') as typeof import('./app.module');
    return AppModule.with(host);
  },
  ({ settings }) => {
    const { rpcTransport } = require('./rpc/rpc-transport') as typeof import('./rpc/rpc-transport');
    return [rpcTransport(settings)];
  },
);
