import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { NodeHttpHandlerOptions } from '@smithy/node-http-handler';

/** How AWS clients connect. What is left out comes from the SDK's own chain: environment, profile, role. */
export interface AwsClientOptions {
  readonly region?: string;
  /** For an embedded or private broker; `AWS_ENDPOINT_URL_SQS` and `_SNS` do the same. */
  readonly endpoint?: string;
  /** Limit of one request, its answer included; default 3,000 ms. Pooled sockets to a dead host hang without one. */
  readonly requestTimeoutMs?: number;
  /** How much longer a receive may take, for its long poll; default 25,000 ms. Less notices a frozen broker sooner. */
  readonly longPollMs?: number;
  /** Tries of one call, the first included; default 3. Receives are tried once: their loop tries again, and is seen to. */
  readonly maxAttempts?: number;
}

/** Two clients, because a long poll may take 25 s and nothing else should. */
export interface SqsClients {
  /** Sends, deletes and visibility changes. */
  readonly commands: SQSClient;
  /** Receives. */
  readonly polls: SQSClient;
}

/** SQS waits 20 s at most; a poll that says nothing for longer hangs on a dead socket. */
const LONG_POLL_MS = 25_000;
const REQUEST_TIMEOUT_MS = 3_000;
const CONNECTION_TIMEOUT_MS = 1_000;

/** Makes the clients of a process for SQS; `destroy()` both when it ends. */
export function createSqsClients(options: AwsClientOptions = {}): SqsClients {
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  return {
    commands: sqsClient(options, requestTimeoutMs),
    polls: sqsClient({ ...options, maxAttempts: 1 }, requestTimeoutMs + (options.longPollMs ?? LONG_POLL_MS)),
  };
}

/** Makes the client of a process for SNS; `destroy()` it when the process ends. */
export function createSnsClient(options: AwsClientOptions = {}): SNSClient {
  return new SNSClient(shared(options, options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS));
}

function sqsClient(options: AwsClientOptions, requestTimeoutMs: number): SQSClient {
  // Otherwise requests go to the host in the queue's URL, which does not resolve behind an endpoint of one's own.
  return new SQSClient({ ...shared(options, requestTimeoutMs), useQueueUrlAsEndpoint: false });
}

function shared(
  options: AwsClientOptions,
  requestTimeout: number,
): { maxAttempts: number; requestHandler: NodeHttpHandlerOptions; region?: string; endpoint?: string } {
  return {
    maxAttempts: options.maxAttempts ?? 3,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout,
      // Without it the SDK only logs a request that takes too long.
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true },
      httpsAgent: { keepAlive: true },
    },
    ...(options.region !== undefined && { region: options.region }),
    ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
  };
}
