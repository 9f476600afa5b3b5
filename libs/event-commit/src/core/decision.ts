import type { Claim } from '@latido/idempotent-receiver';

/** Where the result of a request is: the version it makes. */
interface VersionDecision {
  readonly subject: string;
  readonly version: number;
}

/** Why a request never makes a version. Certain: it is never changed again. */
interface RejectionDecision {
  readonly subject: string;
  readonly rejected: string;
}

/** What was decided for a request. The result itself is the version item, never the claim. */
export type CommitDecision = VersionDecision | RejectionDecision;

/** A claim that names a version. */
export type VersionClaim = Claim<VersionDecision>;
