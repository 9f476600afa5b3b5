import { FaultProxy, type Faults } from '../../rig/fault-proxy';
import { seededRandom } from '../../rig/chance';
import type { Environment } from './pod';

const ENDPOINTS = {
  sns: 'AWS_ENDPOINT_URL_SNS',
  sqs: 'AWS_ENDPOINT_URL_SQS',
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
} as const;

type Endpoint = keyof typeof ENDPOINTS;

/** The ways of one pod to SNS, SQS and DynamoDB, each through a proxy that can spoil calls. */
export class Detours {
  private constructor(private readonly proxies: Readonly<Record<Endpoint, FaultProxy>>) {}

  /** @param env - with the endpoint variables of the AWS SDK. */
  static async open(env: Environment): Promise<Detours> {
    const [sns, sqs, dynamodb] = await Promise.all(
      Object.values(ENDPOINTS).map(async (variable, place) =>
        FaultProxy.start(env[variable] ?? '', seededRandom(place)),
      ),
    );
    return new Detours({ sns: sns!, sqs: sqs!, dynamodb: dynamodb! });
  }

  /** The endpoint variables of the AWS SDK for this pod. */
  get env(): Environment {
    const entries = Object.entries(ENDPOINTS) as [Endpoint, string][];
    return Object.fromEntries(entries.map(([endpoint, variable]) => [variable, this.proxies[endpoint].url]));
  }

  /** Spoils calls to one of the three from now on, those on their way included; `{}` heals it. */
  spoil(endpoint: Endpoint, faults: Faults): void {
    this.proxies[endpoint].faults = faults;
    this.proxies[endpoint].cut();
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.proxies).map(async (proxy) => proxy.close()));
  }
}
