/** What a handler wants to become of one message. */
export type Disposition =
  /** Done: it is deleted. */
  | { readonly kind: 'acknowledge' }
  /** Not now: it comes back after `delaySeconds` (0 to 43,200); without it, later with each delivery. */
  | { readonly kind: 'giveBack'; readonly delaySeconds?: number }
  /** Never: it goes to the dead-letter queue with the reason, then it is deleted. */
  | DeadLetterDisposition;

export interface DeadLetterDisposition {
  readonly kind: 'deadLetter';
  /** A stable code; counted, and an attribute of the dead letter. */
  readonly reason: string;
  /** For people; cut at 256 characters. */
  readonly detail?: string;
  /** The event's id, where it could be read. */
  readonly requestId?: string;
}
