import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpProxy, type ProxiedCall } from './http-proxy';

const ENDPOINTS = ['AWS_ENDPOINT_URL_SNS', 'AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_DYNAMODB'] as const;
/** The SDK asks again before every call that is less than five minutes from the end of what it has. */
const LASTS_MS = 60_000;
const TEXT = 'The security token included in the request is expired';

/**
 * Credentials that end, as a pod on EKS has them: handed out by an agent of the node, and refused by AWS when their time is
 * over.
 *
 *     service --- who am I? ----> agent (this)
 *     service --- signed call --> proxy (this) --> embedded AWS, while the key it is signed with is good
 */
export class RentedCredentials {
  /** Calls that AWS refused so far. */
  refused = 0;
  private generation = 1;
  private isExpired = false;

  private constructor(
    private readonly agent: Server,
    private readonly proxies: Map<string, HttpProxy>,
  ) {
    agent.on('request', (_, response: ServerResponse) => this.handOut(response));
  }

  /** @param endpoints - of the embedded AWS, by the endpoint variables of the AWS SDK. */
  static async start(endpoints: Readonly<Record<string, string>>): Promise<RentedCredentials> {
    const agent = createServer();
    agent.listen(0, '127.0.0.1');
    await once(agent, 'listening');
    const credentials = new RentedCredentials(agent, new Map());
    for (const name of ENDPOINTS) {
      const target = endpoints[name] ?? '';
      credentials.proxies.set(name, await HttpProxy.start(target, async (call) => credentials.serve(call)));
    }
    return credentials;
  }

  /** What a service finds in its environment: an agent instead of a key, and where AWS is. */
  get env(): Readonly<Record<string, string | undefined>> {
    return {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(this.agent.address() as AddressInfo).port}/`,
      ...Object.fromEntries([...this.proxies].map(([name, { url }]) => [name, url])),
    };
  }

  /** From now on AWS refuses what was handed out, and the agent has nothing newer. */
  expire(): void {
    this.isExpired = true;
    // A long poll that was let through before would go on for its 20 s.
    for (const proxy of this.proxies.values()) proxy.cut();
  }

  /** The agent has new ones, which AWS takes. */
  renew(): void {
    this.generation += 1;
    this.isExpired = false;
  }

  async close(): Promise<void> {
    await Promise.all([...this.proxies.values()].map(async (proxy) => proxy.close()));
    this.agent.closeAllConnections();
    this.agent.close();
    await once(this.agent, 'close');
  }

  private get key(): string {
    return `GENERATION${this.generation}`;
  }

  private handOut(response: ServerResponse): void {
    const credentials = {
      AccessKeyId: this.key,
      SecretAccessKey: 'secret',
      Token: 'session',
      Expiration: new Date(Date.now() + LASTS_MS).toISOString(),
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(credentials));
  }

  private async serve({ incoming, outgoing, body, pass }: ProxiedCall): Promise<void> {
    const sent = await body();
    const isGood = !this.isExpired && incoming.headers.authorization?.includes(`Credential=${this.key}/`);
    if (isGood === true) return pass(sent);
    this.refused += 1;
    refuse(incoming, outgoing);
  }
}

/** As each of the three says it: SNS in XML, the others in JSON. */
function refuse({ headers }: IncomingMessage, outgoing: ServerResponse): void {
  const target = headers['x-amz-target'];
  if (target === undefined) {
    const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>${TEXT}</Message></Error></ErrorResponse>`;
    return void outgoing.writeHead(403, { 'content-type': 'text/xml' }).end(xml);
  }
  const type = String(target).startsWith('DynamoDB') ? 'ExpiredTokenException' : 'ExpiredToken';
  outgoing
    .writeHead(400, { 'content-type': headers['content-type'] })
    .end(JSON.stringify({ __type: `com.amazonaws#${type}`, message: TEXT }));
}
