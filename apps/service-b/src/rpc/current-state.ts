import type { JsonValue, Version } from '@latido/versioned-value';
import { versionView } from '../state/version-view';

/** Answer to `state.current`. */
export type CurrentState =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly subject: string;
      readonly version: number;
      /** Absent where `deleted` is. */
      readonly value?: JsonValue;
      readonly deleted?: true;
      readonly lamport: number;
      readonly clock: number;
      readonly writtenAt: string;
    };

/** Shows the head of a subject, as far as another service may build on it. */
export function currentState(head: Version | undefined): CurrentState {
  if (!head) return { found: false };
  const { subject, version, value, deleted, lamport, clock, writtenAt } = versionView(head);
  return {
    found: true,
    subject,
    version,
    ...(value !== undefined && { value }),
    ...(deleted && { deleted }),
    lamport,
    clock,
    writtenAt,
  };
}
