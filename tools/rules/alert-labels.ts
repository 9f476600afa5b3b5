import { NOBODY, type Ownership, ownerOf, topology } from '@latido/topology';
import type { AlertDefinition } from './alert';

/** Cause of an alert that has none above it. */
const NO_CAUSE = 'none';
const causes =
  'printf "service:interop_cause:info{namespace=%q,release=%q,service=%q}" "@namespace@" "@release@" $labels.service';
const together =
  'printf "service:interop_fell_together:info{namespace=%q,release=%q,service=%q}" "@namespace@" "@release@" $labels.service';
/** The service upstream that is down, by name the first; whichever it is, its own alert explains this one. */
const firstCause = `{{ with query (${causes}) }}{{ . | sortByLabel "cause_service" | first | label "cause_service" }}{{ else }}${NO_CAUSE}{{ end }}`;

/** Every alert carries these: where it comes from, whose it is, how loud, and what explains it. */
export function labelsOf({
  name,
  service,
  cause,
  canFallTogether,
}: AlertDefinition): Readonly<Record<string, string>> {
  return {
    namespace: '@namespace@',
    release: '@release@',
    severity: `@${name}.severity@`,
    ...(service === undefined ? ownersByService() : { service, ...ownerLabels(ownerOf(topology, service)) }),
    ...(cause === 'own' && { cause_service: '{{ $labels.service }}' }),
    ...(cause === 'upstream' && { cause_service: firstCause }),
    ...(canFallTogether && { fell_together: `{{ if query (${together}) }}yes{{ else }}no{{ end }}` }),
  };
}

function ownerLabels({ team, tier, onCall }: Ownership): Readonly<Record<string, string>> {
  return { team, tier: String(tier), on_call: onCall };
}

/** Labels that Prometheus chooses by the service when the alert fires. */
function ownersByService(): Readonly<Record<string, string>> {
  const owners = topology.services.map(({ name }) => ({
    name,
    labels: ownerLabels(ownerOf(topology, name)),
  }));
  const nobody = ownerLabels(NOBODY);
  return Object.fromEntries(
    Object.entries(nobody).map(([label, otherwise]) => {
      const cases = owners.map(({ name, labels }) => `if eq $labels.service "${name}" }}${labels[label]}`);
      return [label, `{{ ${cases.join('{{ else ')}{{ else }}${otherwise}{{ end }}`];
    }),
  );
}
