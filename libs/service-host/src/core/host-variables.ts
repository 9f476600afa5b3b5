import type { StartProblem } from './start-problem';
import { tracingVariables } from './tracing-variables';
import { variable, type Variable } from './variable';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The variables that every service has. */
export function hostVariables(ports: { readonly port: number; readonly metricsPort: number }) {
  return {
    host: variable.text({
      env: 'HOST',
      default: '127.0.0.1',
      description: 'Address to listen on. Any other than loopback needs LOCAL_API_TOKEN or AUTH_ISSUER',
    }),
    port: variable.integer({
      env: 'PORT',
      default: ports.port,
      min: 0,
      max: 65_535,
      description: 'Port of the API; 0 takes a free one',
    }),
    metricsPort: variable.integer({
      env: 'METRICS_PORT',
      default: ports.metricsPort,
      min: 0,
      max: 65_535,
      description: 'Port of /metrics; 0 takes a free one',
    }),
    logLevel: variable.choice({
      env: 'LOG_LEVEL',
      default: 'info',
      of: LOG_LEVELS,
      description: 'Lowest level that is logged',
    }),
    version: variable.text({
      env: 'SERVICE_VERSION',
      default: 'development',
      description: 'Version of the build, as /info, metrics and traces say it',
    }),
    podUid: variable.text({
      env: 'POD_UID',
      default: undefined,
      description: 'Becomes the instance id; without it each start takes a random one',
    }),
    localApiToken: variable.text({
      env: 'LOCAL_API_TOKEN',
      default: undefined,
      secret: true,
      minLength: 16,
      description: 'Bearer token with every role, for use without an identity provider',
    }),
    authIssuer: variable.url({
      env: 'AUTH_ISSUER',
      default: undefined,
      description: 'Issuer of the tokens that are accepted (OpenID Connect)',
    }),
    authJwksUrl: variable.url({
      env: 'AUTH_JWKS_URL',
      default: undefined,
      description: 'Where the keys of the issuer are',
    }),
    authAudience: variable.text({
      env: 'AUTH_AUDIENCE',
      default: undefined,
      description: 'Audience a token must be for',
    }),
    authRolesClaim: variable.text({
      env: 'AUTH_ROLES_CLAIM',
      default: 'roles',
      description: 'Claim that lists the roles reader, writer, operator; a dot goes one level down',
    }),
    stopTimeoutMs: variable.integer({
      env: 'STOP_TIMEOUT_MS',
      default: 25_000,
      min: 1_000,
      max: 600_000,
      description:
        'Longest a stop may take, in milliseconds, before the process exits 1; less than the grace period of the pod',
    }),
    ...tracingVariables,
  } satisfies Record<string, Variable<unknown>>;
}

/** The declarations of {@link hostVariables}. */
export type HostVariables = ReturnType<typeof hostVariables>;

/** The values of {@link hostVariables}. */
export type HostSettings = {
  readonly [K in keyof HostVariables]: HostVariables[K] extends Variable<infer T> ? T : never;
};

/** True for addresses that only this machine can reach. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** What does not fit together among the settings every service has. */
export function checkHostSettings(settings: HostSettings): readonly StartProblem[] {
  return [...checkPorts(settings), ...checkAccess(settings)];
}

function checkPorts({ port, metricsPort }: HostSettings): readonly StartProblem[] {
  if (port === 0 || port !== metricsPort) return [];
  return [{ problem: `PORT and METRICS_PORT are both ${port}`, fix: 'give METRICS_PORT another port' }];
}

function checkAccess(settings: HostSettings): readonly StartProblem[] {
  const oidc = {
    AUTH_ISSUER: settings.authIssuer,
    AUTH_JWKS_URL: settings.authJwksUrl,
    AUTH_AUDIENCE: settings.authAudience,
  };
  const missing = Object.entries(oidc).filter(([, value]) => value === undefined);
  const anyOidc = missing.length < Object.keys(oidc).length;
  if (anyOidc && missing.length > 0)
    return missing.map(([name]) => ({
      problem: `${name} is not set, but other AUTH_ variables are`,
      fix: `set ${name}, or none of AUTH_ISSUER, AUTH_JWKS_URL, AUTH_AUDIENCE`,
    }));
  if (anyOidc && settings.localApiToken !== undefined)
    return [
      {
        problem: 'LOCAL_API_TOKEN and AUTH_ISSUER are both set',
        fix: 'unset LOCAL_API_TOKEN: with an identity provider, tokens come from there',
      },
    ];
  if (!anyOidc && settings.localApiToken === undefined && !isLoopback(settings.host))
    return [
      {
        problem: `HOST is ${settings.host}, which others can reach, and no token is configured`,
        fix: 'set AUTH_ISSUER, AUTH_JWKS_URL and AUTH_AUDIENCE, or LOCAL_API_TOKEN, or HOST=127.0.0.1',
      },
    ];
  return [];
}
