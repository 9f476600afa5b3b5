import { eventually } from '@latido/testing';
import type { Fault } from './fault';
import { account, type Account, isOf, problemsOf } from './judge';
import type { NotifiedAlert, Pager } from './pager';
import { type Stage, WATCHDOG } from './stage/stage';

const FIRES_WITHIN_BEATS = 100;
const RESOLVES_WITHIN_BEATS = 150;
/** A death is declared after 3.5 beats; two scrapes and evaluations later an alert about it is at least pending. */
const WOULD_BE_PENDING_BEATS = 10;

/** What became of one fault. */
export interface Outcome {
  readonly fault: Fault;
  readonly account: Account;
  readonly causedAtMs: number;
  readonly healedAtMs: number;
  /** What is wrong, in words; empty when all is right. */
  readonly problems: readonly string[];
}

/**
 * Causes a fault, waits for its alerts, heals it, waits until they are resolved and nothing is pending any more, and judges.
 * @param isOthers - whether an alert belongs to a fault that is caused side by side.
 */
export async function runFault(
  fault: Fault,
  stage: Stage,
  pager: Pager,
  isOthers: (labels: NotifiedAlert['labels']) => boolean,
): Promise<Outcome> {
  const { pace, installation } = stage;
  const heardBefore = pager.notifications.length;
  const belongs = ({ labels }: Pick<NotifiedAlert, 'labels'>): boolean =>
    labels['namespace'] === installation.namespace && labels['alertname'] !== WATCHDOG && !isOthers(labels);
  const heard = (): Account => account(pager.notifications.slice(heardBefore), belongs);
  const patiently = async (beats: number, check: () => void | Promise<void>): Promise<readonly string[]> =>
    eventually(check, { withinMs: pace.beats(beats) }).then(
      () => [],
      (error: unknown) => [String(error)],
    );

  await fault.prepare?.(stage);
  const causedAtMs = Date.now();
  await fault.cause(stage);
  if (fault.alerts.length === 0) await stage.beats(WOULD_BE_PENDING_BEATS);
  await patiently(fault.firesWithinBeats ?? FIRES_WITHIN_BEATS, () => {
    const { sightings } = heard();
    const missing = fault.alerts.filter((alert) => !sightings.some((sighting) => isOf(alert, sighting)));
    if (missing.length > 0) throw new Error('too early');
  });
  const healedAtMs = Date.now();
  await fault.heal(stage);
  const unrest = await patiently(fault.resolvesWithinBeats ?? RESOLVES_WITHIN_BEATS, async () => {
    if (heard().sightings.some(({ resolvedAtMs }) => resolvedAtMs === undefined))
      throw new Error('not resolved');
    const left = (await stage.alerts()).filter(belongs);
    if (left.length > 0)
      throw new Error(
        `still ${left.map(({ labels, state }) => `${labels['alertname']} ${state}`).join(', ')}`,
      );
  });
  const problems = problemsOf(heard(), fault);
  return {
    fault,
    account: heard(),
    causedAtMs,
    healedAtMs,
    problems: problems.length > 0 ? problems : unrest,
  };
}
