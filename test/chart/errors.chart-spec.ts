import { at, inTurns, merged, OPERATOR_KINDS, tryRender, type Values } from './render';
import { OIDC, ON_AWS, ON_KIND, PAGED, ROLE_ARNS } from './values-space';

interface BadInput {
  readonly values: Values;
  /** What must be said: what is wrong, and the fix. */
  readonly says: readonly RegExp[];
  readonly kinds?: readonly string[];
}

const { 'service-b': _missing, ...TWO_ROLES } = ROLE_ARNS;

/** What the schema refuses: it names the place and what belongs there. */
const WRONG_SHAPE: Readonly<Record<string, BadInput>> = {
  'a misspelt key': {
    values: at('servicB.replicas', 2),
    says: [/additional properties 'servicB' not allowed/],
  },
  'a misspelt key further down': {
    values: at('serviceB.image.digset', 'x'),
    says: [/\/serviceB\/image.*'digset' not allowed/],
  },
  'a wrong type': {
    values: at('serviceB.replicas', 'two'),
    says: [/\/serviceB\/replicas': got string, want integer/],
  },
  'no replica of the monitor': {
    values: at('heartbeatMonitor.replicas', 0),
    says: [/\/heartbeatMonitor\/replicas': minimum: got 0, want 1/],
  },
  'a setting out of its bounds': {
    values: at('serviceB.config.CONSUMER_POLLERS', 99),
    says: [/CONSUMER_POLLERS': maximum: got 99, want 16/],
  },
  'a setting of another service': {
    values: at('serviceA.config.CONSUMER_MODE', 'auto'),
    says: [/'CONSUMER_MODE' not allowed/],
  },
  'an unknown identity': {
    values: at('identity.mode', 'kiam'),
    says: [/\/identity\/mode': value must be one of 'podIdentity', 'irsa', 'static', 'none'/],
  },
  'an unknown alert': {
    values: at('alerts.InteropNothing.for', '1m'),
    says: [/\/alerts.*'InteropNothing' not allowed/],
  },
  'an unknown parameter of an alert': {
    values: at('alerts.InteropChannelLag.treshold', 1),
    says: [/'treshold' not allowed/],
  },
  'a queue that the topology has not': {
    values: at('aws.queues.orders', 'x'),
    says: [/\/aws\/queues.*'orders' not allowed/],
  },
  'a short token': {
    values: at('auth.token.value', 'short'),
    says: [/\/auth\/token\/value': 'short' does not match pattern/],
  },
  'a digest that is none': {
    values: at('serviceA.image.digest', 'latest'),
    says: [/\/serviceA\/image\/digest/],
  },
};

/** What only shows when values are looked at together: every line of templates/_checks.tpl has a row. */
const WRONG_TOGETHER: Readonly<Record<string, BadInput>> = {
  'the embedded AWS with an identity': {
    values: merged(ON_KIND, at('identity.mode', 'podIdentity')),
    says: [/set identity\.mode=none/],
  },
  'no account': {
    values: merged(ON_AWS, at('aws.accountId', '')),
    says: [/aws\.accountId is empty: set it to the twelve digits/],
  },
  'names that every release of the account would share': {
    values: merged(ON_AWS, at('aws.resourcePrefix', '')),
    says: [
      /aws\.resourcePrefix is empty, .+: set it to the name of the stack .+, or name each in aws\.queues/,
    ],
  },
  'static keys without a Secret': {
    values: merged(ON_AWS, at('identity.mode', 'static')),
    says: [/identity\.static\.existingSecret is empty: set it/],
  },
  'IRSA without a role': {
    values: merged(ON_AWS, at('identity', { mode: 'irsa', roleArns: TWO_ROLES })),
    says: [/identity\.roleArns\.service-b is empty: set it to the ARN/],
  },
  'two sources of tokens': {
    values: merged(ON_AWS, OIDC, at('auth.token.existingSecret', 'x')),
    says: [/clear auth\.token\.existingSecret/],
  },
  'half an identity provider': {
    values: merged(ON_AWS, OIDC, at('auth.oidc.audience', '')),
    says: [/auth\.oidc\.audience is empty: set auth\.oidc\.audience/],
  },
  'two tokens': {
    values: merged(ON_KIND, at('auth.token.existingSecret', 'x')),
    says: [/keep existingSecret and clear value/],
  },
  'nobody who may call': {
    values: merged(ON_AWS, at('auth.token.existingSecret', '')),
    says: [/set auth\.oidc\.issuer, .+ or auth\.token\.existingSecret/],
  },
  'a grace period that is too short': {
    values: merged(ON_KIND, at('serviceB.terminationGracePeriodSeconds', 10)),
    says: [
      /serviceB\.terminationGracePeriodSeconds is 10, shorter than preStop 5 s \+ longest handler 13 s \+ flush 12 s: set it to at least 30/,
    ],
  },
  'a long preStop within an old grace period': {
    values: merged(ON_KIND, at('serviceA', { preStopSeconds: 60, terminationGracePeriodSeconds: 60 })),
    says: [/serviceA\..+ preStop 60 s .+: set it to at least 80/],
  },
  'a visibility shorter than the handler': {
    values: merged(ON_KIND, at('serviceB.config.CONSUMER_VISIBILITY_SECONDS', 5)),
    says: [/CONSUMER_VISIBILITY_SECONDS is 5, .+: set it to more than 13/],
  },
  'more replicas of the monitor than queues': {
    values: merged(ON_KIND, at('heartbeatMonitor.replicas', 3)),
    says: [/set heartbeatMonitor\.replicas to at most 2/],
  },
  'both autoscalers': {
    values: merged(ON_KIND, at('serviceB.autoscaling', { hpa: { enabled: true }, keda: { enabled: true } })),
    says: [/keep one, set the other's enabled=false/],
  },
  'fewest above most': {
    values: merged(
      ON_KIND,
      at('serviceA.autoscaling.hpa', { enabled: true, minReplicas: 9, maxReplicas: 3 }),
    ),
    says: [/set maxReplicas to at least 9/],
  },
  'KEDA without an identity': {
    values: merged(ON_AWS, at('identity.mode', 'none'), at('serviceB.autoscaling.keda.enabled', true)),
    says: [/KEDA may not ask .+: set identity\.mode to podIdentity, irsa or static/],
  },
  'routes without host names': {
    values: merged(ON_KIND, at('ingress.enabled', true)),
    says: [/ingress\.enabled is true and no component has hostnames: set serviceA\.hostnames/],
  },
  'routes without a gateway': {
    values: merged(ON_KIND, at('httpRoute.enabled', true), at('serviceA.hostnames', ['a.example.com'])),
    says: [/httpRoute\.parentRefs is empty: set it to the gateway/],
  },
  'every sample twice': {
    values: merged(
      ON_KIND,
      at('monitoring', { podMonitor: { enabled: true }, serviceMonitor: { enabled: true } }),
    ),
    says: [/set monitoring\.serviceMonitor\.enabled=false/],
  },
  'pages to nobody': {
    values: merged(ON_KIND, at('alertmanager.config.enabled', true)),
    says: [
      /receivers\.page-events-primary has no address, .+: set alertmanager\.receivers\.page-events-primary as/,
      /set alertmanager\.receivers\.page-state-primary as/,
      /set alertmanager\.receivers\.page-platform-primary as/,
    ],
  },
  'pages to some of those on call': {
    values: merged(ON_KIND, PAGED, at('alertmanager.receivers.page-state-primary.pagerdutyConfigs', [])),
    says: [/page-state-primary has no address/],
  },
  'receivers that nothing tells': {
    values: merged(ON_KIND, PAGED, at('alertmanager.config.enabled', false)),
    says: [/set alertmanager\.config\.enabled to auto or true, or clear alertmanager\.receivers/],
  },
  'an operator that is not there': {
    values: merged(ON_KIND, at('monitoring.podMonitor.enabled', true)),
    kinds: [],
    says: [
      /monitoring\.podMonitor\.enabled is asked for, .+: install the Prometheus operator, or turn the setting off/,
    ],
  },
};

const all = Object.entries({ ...WRONG_SHAPE, ...WRONG_TOGETHER });

describe('bad input', () => {
  let messages: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const answers = await inTurns(all, async ([name, { values, kinds = OPERATOR_KINDS }]) => {
      const base = name in WRONG_SHAPE ? ON_KIND : {};
      const rendered = await tryRender(merged(base, values), { kinds });
      return [name, rendered.outcome === 'refused' ? rendered.message : ''] as const;
    });
    messages = new Map(answers);
    process.stdout.write(`${all.length} bad inputs refused, each with its fix\n`);
  });

  it.each(all)('is refused with the fix: %s', (name, { says }) => {
    for (const pattern of says) expect(messages.get(name)?.replaceAll('\n', ' ')).toMatch(pattern);
  });

  it('is told all at once', async () => {
    const rendered = await tryRender({});
    const problems = rendered.outcome === 'refused' ? rendered.message.match(/^ {2}- /gm) : [];
    expect(problems?.length).toBeGreaterThan(1);
  });
});

describe('a cluster without operators', () => {
  it('gets everything but their objects', async () => {
    const rendered = await tryRender(ON_KIND, { kinds: [] });
    const kinds = rendered.outcome === 'rendered' ? rendered.objects.map(({ apiVersion }) => apiVersion) : [];
    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.filter((api) => /coreos|keda|gateway\.networking|argoproj/.test(api))).toEqual([]);
  });
});
