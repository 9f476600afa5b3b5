import { parseArgs } from 'node:util';
import { isResourcePrefix, MAX_PREFIX_CHARACTERS, topology } from '@latido/topology';

/** How one embedded AWS runs. Port 0 takes any free one. */
export interface LocalAwsConfig {
  readonly host: string;
  readonly port: number;
  readonly dynamodbPort: number;
  readonly prefix: string;
  readonly region: string;
  /** Where everything is kept over a restart; absent: in memory. */
  readonly dataDir?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export type ParsedConfig =
  | { readonly outcome: 'run'; readonly config: LocalAwsConfig }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

const { localAwsPorts: ports } = topology;

export const HELP = `The embedded AWS: SNS, SQS and DynamoDB on this machine, seeded from Latido's topology.

  --port N            SNS and SQS      (LOCAL_AWS_PORT, default ${ports.messaging}, 0 takes a free one)
  --dynamodb-port N   DynamoDB         (LOCAL_AWS_DYNAMODB_PORT, default ${ports.dynamodb}, 0 takes a free one)
  --data DIR          keep all data in DIR (LOCAL_AWS_DATA_DIR, default: in memory)
  --prefix NAME       put before every resource name (RESOURCE_PREFIX, default: none)
  --help              this text

HOST is the address to listen on (default 127.0.0.1); AWS_REGION the region (default us-east-1).
`;

/** Reads flags, then the environment, then defaults; lists every problem at once. */
export function parseConfig(args: readonly string[], env: Environment): ParsedConfig {
  const flags = parseFlags(args);
  if ('problem' in flags) return { outcome: 'invalid', problems: [flags.problem] };
  if (flags.help) return { outcome: 'help' };
  const port = flags.port ?? env['LOCAL_AWS_PORT'] ?? String(ports.messaging);
  const dynamodbPort = flags['dynamodb-port'] ?? env['LOCAL_AWS_DYNAMODB_PORT'] ?? String(ports.dynamodb);
  const prefix = flags.prefix ?? env['RESOURCE_PREFIX'] ?? '';
  const dataDir = flags.data ?? env['LOCAL_AWS_DATA_DIR'];
  const problems = [
    ...portProblems('--port (LOCAL_AWS_PORT)', port),
    ...portProblems('--dynamodb-port (LOCAL_AWS_DYNAMODB_PORT)', dynamodbPort),
    ...prefixProblems(prefix),
    ...(dataDir === '' ? ['--data (LOCAL_AWS_DATA_DIR) must name a directory'] : []),
  ];
  if (problems.length > 0) return { outcome: 'invalid', problems };
  return {
    outcome: 'run',
    config: {
      ...placeOf(env),
      port: Number(port),
      dynamodbPort: Number(dynamodbPort),
      prefix,
      ...(dataDir !== undefined && { dataDir }),
    },
  };
}

function placeOf(env: Environment): Pick<LocalAwsConfig, 'host' | 'region'> {
  return { host: env['HOST'] ?? '127.0.0.1', region: env['AWS_REGION'] ?? 'us-east-1' };
}

function portProblems(setting: string, text: string): readonly string[] {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? []
    : [`${setting} must be a port from 0 to 65535, not "${text}"`];
}

function prefixProblems(prefix: string): readonly string[] {
  if (isResourcePrefix(prefix)) return [];
  const allowed = `up to ${MAX_PREFIX_CHARACTERS} letters, digits, "-" and "_"`;
  return [`--prefix (RESOURCE_PREFIX) may hold ${allowed}, not "${prefix}"`];
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'dynamodb-port': { type: 'string' },
        data: { type: 'string' },
        prefix: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return { problem: `${error instanceof Error ? error.message : String(error)}; see --help` };
  }
}
