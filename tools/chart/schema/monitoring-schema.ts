import {
  anyObject,
  autoOrFlag,
  choice,
  closed,
  flag,
  type JsonSchema,
  listOf,
  mapOf,
  textOrEmpty,
  texts,
} from './json-schema';

const DURATION: JsonSchema = { type: 'string', pattern: '^([0-9]+(ms|s|m|h|d|w))+$' };
const URL: JsonSchema = { type: 'string', pattern: '^https?://[^\\s/]+' };

/** What is known of each alert: its name and its parameters with their defaults, as rules/defaults.yaml has them. */
export type AlertDefaults = Readonly<Record<string, Readonly<Record<string, string | number>>>>;

export const monitoringSchema = closed({
  labels: texts,
  interval: DURATION,
  scrapeTimeout: DURATION,
  podMonitor: closed({ enabled: autoOrFlag }),
  serviceMonitor: closed({ enabled: autoOrFlag }),
  rules: closed({ enabled: autoOrFlag }),
  urls: closed({ dashboards: URL, runbooks: URL }),
});

/** `alerts`: each alert there is, with the parameters it has. */
export function alertsSchema(defaults: AlertDefaults): JsonSchema {
  return closed(
    Object.fromEntries(
      Object.entries(defaults).map(([alert, parameters]) => [
        alert,
        closed({
          enabled: flag,
          ...Object.fromEntries(
            Object.entries(parameters).map(([key, value]) => [key, parameter(key, value)]),
          ),
        }),
      ]),
    ),
  );
}

function parameter(key: string, byDefault: string | number): JsonSchema {
  if (key === 'severity') return choice('critical', 'warning', 'info', 'none');
  return typeof byDefault === 'number' ? { type: 'number' } : DURATION;
}

/** `alertmanager`: addresses by the receivers there are. */
export function alertmanagerSchema(receivers: readonly string[]): JsonSchema {
  return closed({
    config: closed({ enabled: autoOrFlag, labels: texts }),
    receivers: closed(Object.fromEntries(receivers.map((receiver) => [receiver, mapOf(listOf(anyObject))]))),
    plain: closed({ enabled: flag }),
  });
}

export const dashboardsSchema = closed({ enabled: flag, labels: texts, annotations: texts });

export const tracingSchema = closed({
  endpoint: textOrEmpty('^https?://[^\\s/]+'),
  sampler: choice(
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ),
  samplerArg: { type: 'number', minimum: 0, maximum: 1 },
  propagators: { ...listOf(choice('tracecontext', 'baggage', 'xray')), uniqueItems: true },
});
