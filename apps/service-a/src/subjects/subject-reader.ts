import { MAX_NAME_CHARACTERS } from '@latido/messaging';
import type { KnownVersions } from '../receipts/known-versions';

/** Why there is no state in an answer. */
export type DegradedReason = 'circuit_open' | 'timeout' | 'overloaded' | 'unreachable' | 'answer_invalid';

/** The current state of a subject, or the most that can be said while service-b does not answer. */
export type SubjectAnswer =
  | { readonly subject: string; readonly state: SubjectState; readonly degraded: false }
  | {
      readonly subject: string;
      readonly state: null;
      readonly degraded: true;
      readonly reason: DegradedReason;
      /** Newest version number that receipts told this process of. */
      readonly lastKnown?: number;
    };

/** State as service-b says it, without the flag that it was found. */
type SubjectState = Readonly<Record<string, unknown>>;

/** What asking service-b came to. */
export type PeerAnswer =
  | { readonly outcome: 'answered'; readonly answer: unknown }
  | { readonly outcome: 'refused'; readonly reason: DegradedReason };

/**
 * Reads current state over the synchronous edge: quickly, whatever the other side does.
 *
 * @returns the answer; `undefined` for a subject that service-b does not know.
 */
export class SubjectReader {
  constructor(
    private readonly ports: {
      /** Asks service-b, bounded in time. Never throws. */
      readonly ask: (subject: string) => Promise<PeerAnswer>;
      readonly known: Pick<KnownVersions, 'of'>;
    },
  ) {}

  async read(subject: string): Promise<SubjectAnswer | undefined> {
    // Nobody can have made it. Asked all the same, the refusal would count against the peer.
    if (subject.length > MAX_NAME_CHARACTERS) return undefined;
    const asked = await this.ports.ask(subject);
    if (asked.outcome === 'refused') return this.degraded(subject, asked.reason);
    const { answer } = asked;
    if (!isRecord(answer) || typeof answer['found'] !== 'boolean')
      return this.degraded(subject, 'answer_invalid');
    const { found, subject: _subject, ...state } = answer;
    return found ? { subject, state, degraded: false } : undefined;
  }

  private degraded(subject: string, reason: DegradedReason): SubjectAnswer {
    const lastKnown = this.ports.known.of(subject);
    return { subject, state: null, degraded: true, reason, ...(lastKnown !== undefined && { lastKnown }) };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
