const SERVICE = 'service#';
const BOARD = 'board#';

/**
 * Subjects of the VersionedState table that belong to the platform itself.
 *
 *     service#<name>    history of a service as the monitor saw it, a version a change of state
 *     board#<name>      something of which only the whole, as it is now, matters: alerts, maintenance
 *
 * Users choose the subjects of their events freely, so without a prefix of its own the history of
 * `service-a` would be mixed with the state of a cart that somebody named `service-a`. Whoever takes
 * subjects from outside refuses those that {@link isReservedSubject} names.
 */
export function serviceSubject(service: string): string {
  return SERVICE + service;
}

/** The service whose history a subject is; `undefined` for every other subject. */
export function serviceOfSubject(subject: string): string | undefined {
  return subject.startsWith(SERVICE) ? subject.slice(SERVICE.length) : undefined;
}

/** Subject of a board, see {@link serviceSubject}. */
export function boardSubject(board: 'alerts' | 'maintenance'): string {
  return BOARD + board;
}

/**
 * True for subjects that no event may change.
 * @example
 * isReservedSubject('service#cart'); // => true
 * isReservedSubject('cart-7'); // => false
 */
export function isReservedSubject(subject: string): boolean {
  return subject.startsWith(SERVICE) || subject.startsWith(BOARD);
}
