/**
 * Who this process is.
 *
 * `instanceId` tells processes apart, `epoch` tells starts of a producer apart (it comes from the
 * service's Lamport item, so it is known only after that was asked), `incarnation` is the epoch with a
 * random part: one start of one instance.
 */
export class Identity {
  private claimed: number | undefined;

  constructor(
    private readonly given: {
      readonly service: string;
      readonly version: string;
      readonly instanceId: string;
      readonly startedAtMs: number;
      /** Random text, a few characters; makes incarnations of one epoch distinct. */
      readonly nonce: string;
    },
  ) {}

  get service(): string {
    return this.given.service;
  }

  get version(): string {
    return this.given.version;
  }

  get instanceId(): string {
    return this.given.instanceId;
  }

  /** Milliseconds since 1970. */
  get startedAtMs(): number {
    return this.given.startedAtMs;
  }

  /** Absent until it is claimed, and for ever in a service that stamps nothing. */
  get epoch(): number | undefined {
    return this.claimed;
  }

  /** `<epoch>-<random>`; absent as long as the epoch is. */
  get incarnation(): string | undefined {
    return this.claimed === undefined ? undefined : `${this.claimed}-${this.given.nonce}`;
  }

  /**
   * Takes the epoch of this start.
   * @throws Error when it was taken before: a second epoch would be a second producer in one process.
   */
  claimEpoch(epoch: number): void {
    if (this.claimed !== undefined) throw new Error(`epoch ${this.claimed} is claimed already`);
    this.claimed = epoch;
  }
}
