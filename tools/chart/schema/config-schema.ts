import type { DocumentedService } from '@latido/service-host';
import { closed, type JsonSchema } from './json-schema';

/** Set by the chart itself, from other values or from what Kubernetes knows. */
const OF_THE_CHART: ReadonlySet<string> = new Set([
  'HOST',
  'PORT',
  'METRICS_PORT',
  'RPC_HOST',
  'RPC_PORT',
  'POD_UID',
  'SERVICE_VERSION',
  'STOP_TIMEOUT_MS',
  'HEARTBEAT_QUEUE_ORDINAL',
  'SERVICE_B_RPC_URL',
  'LOCAL_API_TOKEN',
  'AUTH_ISSUER',
  'AUTH_JWKS_URL',
  'AUTH_AUDIENCE',
  'AUTH_ROLES_CLAIM',
  'AWS_REGION',
  'AWS_ACCOUNT_ID',
  'RESOURCE_PREFIX',
  'RESOURCE_NAMES',
  'POD_WITNESS',
  'POD_NAMESPACE',
  'POD_SELECTOR',
  'POD_SERVICE_LABEL',
]);

type Declared = DocumentedService['own'][string];

/** What `config` of a service takes: the environment variables it declares, with their types and bounds. */
export function configSchema({ host, own }: DocumentedService): JsonSchema {
  const declared = [...Object.values<Declared>(host), ...Object.values(own)];
  return closed(
    Object.fromEntries(
      declared
        .filter(({ env }) => !OF_THE_CHART.has(env))
        .map((variable) => [variable.env, { description: variable.description, ...accepted(variable) }]),
    ),
  );
}

/** Read from what the reference page says of the variable, so that page and schema cannot differ. */
function accepted({ accepts }: Declared): JsonSchema {
  const [, min, max] = /^integer (-?\d+) to (\d+)$/.exec(accepts) ?? [];
  if (min !== undefined && max !== undefined)
    return { type: 'integer', minimum: Number(min), maximum: Number(max) };
  const choices = [...accepts.matchAll(/`([^`]+)`/g)].map(([, value]) => String(value));
  return choices.length > 0 ? { enum: choices.flatMap(asWritten) } : { type: 'string', minLength: 1 };
}

/** YAML reads an unquoted 3 as a number and an unquoted true as a truth value. */
function asWritten(choice: string): readonly (string | number | boolean)[] {
  if (/^\d+$/.test(choice)) return [choice, Number(choice)];
  return choice === 'true' || choice === 'false' ? [choice, choice === 'true'] : [choice];
}
