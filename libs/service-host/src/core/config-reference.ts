import type { ServiceDeclaration, Variables } from './declare-service';
import { hostVariables } from './host-variables';
import { markdownTable } from './markdown-table';
import type { Variable } from './variable';

/** What the reference needs of a declaration: any service fits. */
export type DocumentedService = Pick<ServiceDeclaration, 'service' | 'own' | 'host'>;

/** Read by libraries inside the services, under names that are not ours. */
const FOREIGN: readonly (readonly [name: string, meaning: string])[] = [
  ['AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...', 'the credentials chain of the AWS SDK'],
  [
    'AWS_ENDPOINT_URL_SNS, AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB',
    'other endpoints, e.g. the embedded AWS',
  ],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'turns tracing on; spans go there by OTLP over gRPC'],
  ['OTEL_TRACES_EXPORTER', '`otlp` turns tracing on with the default endpoint, `none` off'],
  ['OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG, OTEL_PROPAGATORS', 'as OpenTelemetry says'],
  ['NODE_COMPILE_CACHE', 'directory of compiled code; by default inside the build'],
];

/** The reference page of all environment variables, in Markdown, as docs/reference/config.md holds it. */
export function configReference(services: readonly DocumentedService[]): string {
  return [
    '# Configuration',
    '',
    'Written from the declarations of the services; change it there. Everything is read from the environment, once, at',
    'start. A service that cannot start with what it finds lists every problem with its fix and exits 78. An empty',
    'variable counts as not set.',
    '',
    '## Every service',
    '',
    ...table(hostVariables({ port: 0, metricsPort: 0 }), services),
    ...services.flatMap(({ service, own }) => [`## ${service}`, '', ...table(own)]),
    '## Read by libraries',
    '',
    ...markdownTable([['variable', 'meaning'], ...FOREIGN]),
    '',
  ].join('\n');
}

function table(variables: Variables, services: readonly DocumentedService[] = []): readonly string[] {
  const rows = Object.entries(variables).map(([name, declared]) => [
    `\`${declared.env}\``,
    declared.accepts,
    defaultOf(name, declared, services),
    declared.description,
  ]);
  if (rows.length === 0) return ['No variables of its own.', ''];
  return [...markdownTable([['variable', 'accepts', 'default', 'meaning'], ...rows]), ''];
}

function defaultOf(
  name: string,
  declared: Variable<unknown>,
  services: readonly DocumentedService[],
): string {
  const byService = services.map(({ service, host }) => {
    const own = Object.entries<Variable<unknown>>(host).find(([key]) => key === name)?.[1];
    return { service, value: show(own ?? declared) };
  });
  const differs = byService.some(({ value }) => value !== show(declared));
  return differs ? byService.map(({ service, value }) => `${service} ${value}`).join(', ') : show(declared);
}

function show(declared: Variable<unknown>): string {
  if (declared.required) return 'required';
  return declared.default === undefined ? '' : `\`${JSON.stringify(declared.default).replaceAll('"', '')}\``;
}
