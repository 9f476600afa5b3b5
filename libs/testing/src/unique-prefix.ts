import { randomBytes } from 'node:crypto';

/** A resource prefix no other test uses, e.g. `t-4f0c19ab`: tests that share one embedded AWS do not meet. */
export function uniquePrefix(): string {
  return `t-${randomBytes(4).toString('hex')}`;
}
