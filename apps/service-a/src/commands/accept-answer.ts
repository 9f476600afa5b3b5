import { ProblemError } from '@latido/service-host';
import { type EventLinks, linksOf } from '../events/event-view';
import type { AcceptRequest, CommandAcceptor } from './command-acceptor';
import { requireFree, requireKey, requireSound } from './command-schema';

/** Answer 202: the event will reach its consumer. Each copy of a command gets the same one, whatever came of it since. */
export interface AcceptAnswer {
  readonly id: string;
  readonly subject: string;
  readonly status: 'pending';
  readonly lamport: number;
  readonly links: EventLinks;
}

/**
 * Accepts one command.
 * @throws ProblemError for a command that is refused, and the store's errors.
 */
export async function acceptOne(acceptor: CommandAcceptor, request: AcceptRequest): Promise<AcceptAnswer> {
  requireKey(request.key);
  requireFree(request.command);
  requireSound(request.command);
  const accepted = await acceptor.accept(request);
  switch (accepted.outcome) {
    case 'key_reused':
      throw new ProblemError('idempotency_key_reused');
    case 'too_large':
      throw new ProblemError('body_too_large', { detail: 'the event with its envelope is over 252 KB' });
    case 'accepted':
    default: {
      const { id, subject, lamport } = accepted;
      return { id, subject, status: 'pending', lamport, links: linksOf(accepted) };
    }
  }
}
