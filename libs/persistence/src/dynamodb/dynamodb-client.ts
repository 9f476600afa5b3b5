import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** How a client talks to DynamoDB. Endpoint, region and credentials come from the SDK's own chain. */
export interface DynamoDbClientOptions {
  /** A call that has no answer by then is given up and repeated; 3,000 ms. */
  readonly requestTimeoutMs?: number;
  /** A connection that is not there by then is given up; 1,000 ms. */
  readonly connectionTimeoutMs?: number;
  /** Tries of one call, the first included; 3. The pauses between them grow and are jittered by the SDK. */
  readonly maxAttempts?: number;
  /** Connections kept open at most, so calls in flight at most; 50, the SDK's own. */
  readonly maxSockets?: number;
}

/**
 * A DynamoDB client that gives up in time.
 *
 * The SDK waits without end by default: a pooled connection to a host that is gone would hang a
 * worker. Here a call ends within about `maxAttempts` times `requestTimeoutMs` (10 s), one way or the other.
 *
 * @param overrides - anything else of the SDK's configuration, e.g. an endpoint.
 */
export function createDynamoDbClient(
  {
    requestTimeoutMs = 3_000,
    connectionTimeoutMs = 1_000,
    maxAttempts = 3,
    maxSockets = 50,
  }: DynamoDbClientOptions = {},
  overrides: DynamoDBClientConfig = {},
): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      requestTimeout: requestTimeoutMs,
      // Without it the handler only warns when the time is over.
      throwOnRequestTimeout: true,
      connectionTimeout: connectionTimeoutMs,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    }),
    ...overrides,
  });
}
