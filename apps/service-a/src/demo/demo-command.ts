import type { EventCommand } from '../commands/event-command';

/** Few, so that they gather a history worth looking at, and the demo's tables stay small in subjects. */
const SUBJECTS = Array.from({ length: 20 }, (_, i) => `demo-cart-${i + 1}`);
const ARTICLES = ['tea', 'bread', 'honey', 'apples', 'coffee'] as const;

/**
 * Makes up one command: mostly carts that are filled, now and then one that is emptied.
 * @param random - port: in [0, 1); asked three times.
 */
export function demoCommand(random: () => number): EventCommand {
  const subject = pick(SUBJECTS, random());
  const what = random();
  const quantity = 1 + Math.floor(random() * 9);
  if (what < 0.02) return { subject, operation: 'delete' };
  if (what < 0.2) return { subject, operation: 'put', data: { items: { tea: quantity }, status: 'open' } };
  return { subject, operation: 'merge', data: { items: { [pick(ARTICLES, what)]: quantity } } };
}

function pick<T>(choices: readonly T[], at: number): T {
  return choices[Math.floor(at * choices.length)]!;
}
