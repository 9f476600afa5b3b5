import type { JsonObject } from '@latido/messaging';

/** What a client wants to become of a subject. */
export interface EventCommand {
  /** Whose state changes; 1 to 256 characters. */
  readonly subject: string;
  /** `put` the whole value, `merge` into it (JSON Merge Patch, RFC 7396), or `delete` it. */
  readonly operation: 'put' | 'merge' | 'delete';
  /** The value or the patch; absent with `delete`, and only there. */
  readonly data?: JsonObject;
  /** Id of the event that led to this one. */
  readonly causedBy?: string;
  /** Lamport time of the last answer the client saw, perhaps from another replica: this event comes after it. */
  readonly afterLamport?: number;
}
