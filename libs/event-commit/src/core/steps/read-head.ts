import type { Version } from '@latido/versioned-value';
import type { StepContext } from './step';

/** The head of a subject by a strong read; what it sees raises the cache. One trip. */
export async function readHead(context: StepContext, subject: string): Promise<Version | undefined> {
  const head = await context.versions.readHead(subject);
  if (head) context.memory.heads.raise(head, context.now());
  return head;
}
