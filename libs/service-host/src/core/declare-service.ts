import { checkHostSettings, type HostSettings, hostVariables, type HostVariables } from './host-variables';
import type { StartProblem } from './start-problem';
import type { Variable } from './variable';

/** Variables of a service by the name its code uses. */
export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** The values that variables give. */
type ValuesOf<V extends Variables> = {
  readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never;
};

/** Everything a service is configured by: what every service has, and its own. */
export type SettingsOf<V extends Variables> = HostSettings & ValuesOf<V>;

/** A service as it declares itself, before anything is read. */
export interface ServiceDeclaration<V extends Variables = Variables> {
  /** e.g. `service-a`. */
  readonly service: string;
  readonly host: HostVariables;
  readonly own: V;
  /** Whether the settings fit one another. */
  readonly check: (settings: SettingsOf<V>) => readonly StartProblem[];
}

/**
 * Declares a service: its name, its default ports, the environment variables it reads.
 *
 * The declaration is the only source of its configuration: the reader, the reference page and the
 * types come from it.
 *
 * @example
 * export const serviceB = declareService({
 *   service: 'service-b',
 *   port: 3002,
 *   metricsPort: 9102,
 *   variables: {
 *     pollers: variable.integer({ env: 'POLLERS', default: 2, min: 1, max: 16, description: 'Consumers of this process' }),
 *   },
 * });
 */
export function declareService<V extends Variables>(declaration: {
  readonly service: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly variables: V;
  readonly check?: (settings: SettingsOf<V>) => readonly StartProblem[];
}): ServiceDeclaration<V> {
  const { service, port, metricsPort, variables, check } = declaration;
  return {
    service,
    host: hostVariables({ port, metricsPort }),
    own: variables,
    check: (settings) => [...checkHostSettings(settings), ...(check?.(settings) ?? [])],
  };
}
