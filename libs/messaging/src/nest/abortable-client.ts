import type { SQSClient } from '@aws-sdk/client-sqs';

/** The client as it is, but its calls end too when `signal` says so. */
export function abortableClient(client: SQSClient, signal: AbortSignal): SQSClient {
  type Send = (command: unknown, options?: { readonly abortSignal?: AbortSignal }) => Promise<unknown>;
  const send: Send = async (command, options = {}) => {
    const signals = options.abortSignal === undefined ? [signal] : [signal, options.abortSignal];
    return (client.send as Send).call(client, command, { ...options, abortSignal: AbortSignal.any(signals) });
  };
  return Object.create(client, { send: { value: send } }) as SQSClient;
}
