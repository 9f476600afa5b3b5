import { runService } from '@latido/service-host';
import { serviceB } from './configuration';

// Modules are loaded inside: what is loaded before tracing has started makes no spans.
void runService(
  serviceB,
  (host) => (require('./app.module') as typeof import('./app.module')).AppModule.with(host),
  ({ settings }) => [
    (require('./rpc/rpc-transport') as typeof import('./rpc/rpc-transport')).rpcTransport(settings),
  ],
);
