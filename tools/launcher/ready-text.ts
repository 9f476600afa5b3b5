/** A service that answers, for the text that greets a person. */
export interface ReadyService {
  readonly name: string;
  readonly url: string;
  readonly metricsUrl: string;
  readonly pid: number;
}

/** What is printed once everything answers: the addresses, and three commands to paste. */
export function readyText({
  services: [serviceA, serviceB, monitor],
  token,
  awsUrls,
}: {
  readonly services: readonly [serviceA: ReadyService, serviceB: ReadyService, monitor: ReadyService];
  readonly token: string;
  readonly awsUrls: { readonly messaging: string; readonly dynamodb: string };
}): string {
  const addresses = [serviceA, serviceB, monitor].map(
    ({ name, url, metricsUrl }) => `  ${name.padEnd(17)} ${url}   docs ${url}/docs   metrics ${metricsUrl}`,
  );
  return `
Latido is ready

${addresses.join('\n')}
  ${'local-aws'.padEnd(17)} SNS and SQS ${awsUrls.messaging}   DynamoDB ${awsUrls.dynamodb}
  token for writes  ${token}

Send an event:
  curl -s -X POST ${serviceA.url}/events -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '{"subject":"cart-7","operation":"put","data":{"items":3}}'

Read its history:
  curl -s ${serviceB.url}/services/cart-7/versions

Kill service-a and watch the monitor notice (Ctrl-C ends the watching):
  kill -9 ${serviceA.pid}; while sleep 2; do curl -s ${monitor.url}/api/services/service-a; echo; done

Ctrl-C here stops everything.
`;
}
