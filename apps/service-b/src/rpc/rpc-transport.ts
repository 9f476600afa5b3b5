import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { ServiceBSettings } from '../configuration';

/** A query is a subject of at most 256 characters; what is much longer is not a query. */
const MAX_QUERY_CHARACTERS = 16_384;

/** Where the synchronous query for current state listens. */
export function rpcTransport({ rpcHost, rpcPort }: ServiceBSettings): MicroserviceOptions {
  return {
    transport: Transport.TCP,
    options: { host: rpcHost, port: rpcPort, maxBufferSize: MAX_QUERY_CHARACTERS },
  };
}
