import { parseArgs } from 'node:util';

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

export type ParsedConfig =
  | { readonly outcome: 'run'; readonly config: LocalAwsConfig }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

export const HELP = `The embedded AWS: SNS, SQS and DynamoDB on this machine, seeded from Latido's topology.

  --port N            SNS and SQS      (LOCAL_AWS_PORT, default 4566, 0 takes a free one)
  --dynamodb-port N   DynamoDB         (LOCAL_AWS_DYNAMODB_PORT, default 4567, 0 takes a free one)
  --data DIR          keep all data in DIR (LOCAL_AWS_DATA_DIR, default: in memory)
  --prefix NAME       put before every resource name (RESOURCE_PREFIX, default: none)
  --help              this text

HOST is the address to listen on (default 127.0.0.1); AWS_REGION the region (default us-east-1).
`;

/** Reads flags, then the environment, then defaults; lists every problem at once. */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedConfig {
  const flags = parseFlags(args);
  if ('problem' in flags) return { outcome: 'invalid', problems: [flags.problem] };
  if (flags.help) return { outcome: 'help' };
  const problems: string[] = [];
  const port = (setting: string, text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= 65_535)) problems.push(`${setting} must be a port from 0 to 65535, not "${text}"`);
    return value;
  };
  const prefix = flags.prefix ?? env['RESOURCE_PREFIX'] ?? '';
  if (!/^[A-Za-z0-9_-]{0,30}$/.test(prefix))
    problems.push(
      `--prefix (RESOURCE_PREFIX) may hold up to 30 letters, digits, "-" and "_", not "${prefix}"`,
    );
  const dataDir = flags.data ?? env['LOCAL_AWS_DATA_DIR'];
  if (dataDir === '') problems.push('--data (LOCAL_AWS_DATA_DIR) must name a directory');
  const config: LocalAwsConfig = {
    host: env['HOST'] ?? '127.0.0.1',
    port: port('--port (LOCAL_AWS_PORT)', flags.port ?? env['LOCAL_AWS_PORT'] ?? '4566'),
    dynamodbPort: port(
      '--dynamodb-port (LOCAL_AWS_DYNAMODB_PORT)',
      flags['dynamodb-port'] ?? env['LOCAL_AWS_DYNAMODB_PORT'] ?? '4567',
    ),
    prefix,
    region: env['AWS_REGION'] ?? 'us-east-1',
    ...(dataDir !== undefined && { dataDir }),
  };
  return problems.length > 0 ? { outcome: 'invalid', problems } : { outcome: 'run', config };
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
