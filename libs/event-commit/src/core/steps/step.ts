import type { ClaimStore } from '@latido/idempotent-receiver';
import type { Version, VersionStore } from '@latido/versioned-value';
import type { CommitMemory } from '../commit-memory';
import type { CommitOptions } from '../commit-options';
import type { CommitDecision, VersionClaim } from '../decision';
import type { CommitOutcome } from '../outcome';

/** What the steps of one event need from outside. */
export interface StepContext {
  readonly claims: ClaimStore<CommitDecision>;
  readonly versions: VersionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** SHA-256 of a text's UTF-8 bytes in lower-case hex. */
  readonly sha256Hex: (text: string) => string;
  readonly memory: CommitMemory;
  readonly options: CommitOptions;
}

/** Where an event goes next. Each value but `done` is answered by the step function of that name. */
export type Step =
  | { readonly step: 'claim' }
  | {
      readonly step: 'inspect';
      readonly claim: VersionClaim;
      /** The version before the claimed one has no value any more. */
      readonly predecessorGone?: true;
    }
  | {
      readonly step: 'apply';
      readonly claim: VersionClaim;
      /** The version before the claimed one, where the step before has just seen it. */
      readonly previous?: Version | undefined;
    }
  | { readonly step: 'move'; readonly claim: VersionClaim }
  | { readonly step: 'reject'; readonly claim: VersionClaim; readonly reason: string }
  | { readonly step: 'done'; readonly outcome: CommitOutcome };

/** The last step. */
export function done(outcome: CommitOutcome): Step {
  return { step: 'done', outcome };
}
