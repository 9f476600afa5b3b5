import { type Log, ReadinessChecks } from '@latido/observability';
import { Exposition } from '@latido/observability/prometheus';
import type { HostSettings } from '../core/host-variables';
import type { Identity } from '../core/identity';
import { StopSequence } from '../process/stop-sequence';
import { chooseVerifier } from './choose-verifier';
import type { TokenVerifier } from './token-verifier';

/** What a host gives every part of its service. */
export interface HostParts {
  readonly settings: HostSettings;
  readonly identity: Identity;
  readonly log: Log;
  readonly readiness: ReadinessChecks;
  readonly stop: StopSequence;
  readonly exposition: Exposition;
  readonly verifier: TokenVerifier;
}

/** Makes the parts that settings, identity and log determine. */
export function hostParts<L extends Log>(given: {
  readonly settings: HostSettings;
  readonly identity: Identity;
  readonly log: L;
}): HostParts & { readonly log: L } {
  return {
    ...given,
    readiness: new ReadinessChecks(),
    stop: new StopSequence(given.log),
    exposition: new Exposition(given.identity),
    verifier: chooseVerifier(given.settings),
  };
}
