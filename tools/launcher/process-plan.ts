import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the launcher that says where something listens, e.g. `SERVICE_A_PORT`. */
type PortVariable =
  | 'SERVICE_A_PORT'
  | 'SERVICE_A_METRICS_PORT'
  | 'SERVICE_B_PORT'
  | 'SERVICE_B_METRICS_PORT'
  | 'SERVICE_B_RPC_PORT'
  | 'HEARTBEAT_MONITOR_PORT'
  | 'HEARTBEAT_MONITOR_METRICS_PORT'
  | 'LOCAL_AWS_PORT'
  | 'LOCAL_AWS_DYNAMODB_PORT';

export type Ports = Readonly<Record<PortVariable, number>>;

/** One process to start. */
export interface PlannedProcess {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Environment;
}

/** A planned service and where it says whether it is ready. */
export interface PlannedService extends PlannedProcess {
  readonly url: string;
  readonly metricsUrl: string;
  /** Whether another one may start while this one stops; not where both would read one queue that is for one. */
  readonly mayOverlap: boolean;
}

export interface ProcessPlan {
  readonly localAws: PlannedProcess;
  /** Who talks to people first, who watches last. */
  readonly services: readonly [
    serviceA: PlannedService,
    serviceB: PlannedService,
    heartbeatMonitor: PlannedService,
  ];
}

export interface PlanInput {
  /** Directory of the repository. */
  readonly root: string;
  readonly ports: Ports;
  /** Version of the build, for services that are told no other. */
  readonly version: string;
  /** The bearer token of the write endpoints. */
  readonly token: string;
  /** Where the embedded AWS keeps its data; absent: in memory. */
  readonly dataDir?: string | undefined;
  /** Whether a saved source is to serve soon: then each service runs in the pieces it is compiled to, not as one file. */
  readonly watch?: boolean | undefined;
  /** The environment of the launcher; everything in it reaches the processes unless the plan says otherwise. */
  readonly env: Environment;
}

/** Never the account of whoever runs this: real credentials and profiles stay out. */
const LOCAL_AWS_IDENTITY: Environment = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_ACCOUNT_ID: '000000000000',
};

/** Says which processes make up Latido on one machine, and what each is told. */
export function planProcesses({ root, version, ports, token, dataDir, watch, env }: PlanInput): ProcessPlan {
  const host = reachable(env['HOST'] ?? '127.0.0.1');
  const http = (variable: PortVariable): string => `http://${host}:${ports[variable]}`;
  const base: Environment = {
    ...env,
    ...LOCAL_AWS_IDENTITY,
    SERVICE_VERSION: env['SERVICE_VERSION'] ?? version,
    AWS_REGION: env['AWS_REGION'] ?? 'us-east-1',
    AWS_ENDPOINT_URL_SNS: http('LOCAL_AWS_PORT'),
    AWS_ENDPOINT_URL_SQS: http('LOCAL_AWS_PORT'),
    AWS_ENDPOINT_URL_DYNAMODB: http('LOCAL_AWS_DYNAMODB_PORT'),
    NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? join(root, '.cache/compile'),
  };
  const service = (name: string, port: PortVariable, metricsPort: PortVariable, own: Environment) => ({
    name,
    script: join(root, watch === true ? `dist/apps/${name}/src/main.js` : `dist/bundles/${name}/main.js`),
    args: [],
    url: http(port),
    metricsUrl: `${http(metricsPort)}/metrics`,
    mayOverlap: own['HEARTBEAT_QUEUE_ORDINAL'] === undefined,
    env: {
      ...base,
      LOCAL_API_TOKEN: token,
      PORT: String(ports[port]),
      METRICS_PORT: String(ports[metricsPort]),
      SERVICE_B_RPC_URL: `tcp://${host}:${ports.SERVICE_B_RPC_PORT}`,
      ...own,
    },
  });
  return {
    localAws: {
      name: 'local-aws',
      script: join(root, 'dist/apps/local-aws/src/main.js'),
      args: dataDir === undefined ? [] : ['--data', dataDir],
      env: {
        ...base,
        LOCAL_AWS_PORT: String(ports.LOCAL_AWS_PORT),
        LOCAL_AWS_DYNAMODB_PORT: String(ports.LOCAL_AWS_DYNAMODB_PORT),
      },
    },
    services: [
      service('service-a', 'SERVICE_A_PORT', 'SERVICE_A_METRICS_PORT', {}),
      service('service-b', 'SERVICE_B_PORT', 'SERVICE_B_METRICS_PORT', {
        RPC_PORT: String(ports.SERVICE_B_RPC_PORT),
      }),
      service('heartbeat-monitor', 'HEARTBEAT_MONITOR_PORT', 'HEARTBEAT_MONITOR_METRICS_PORT', {
        HEARTBEAT_QUEUE_ORDINAL: '0',
      }),
    ],
  };
}

/** An address to call for an address to listen on. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}
