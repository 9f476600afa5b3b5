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
  /** `false`: the rig was ended before. */
  readonly isFinished: boolean;
}

type Belongs = (alert: Pick<NotifiedAlert, 'labels'>) => boolean;

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
  const heardBefore = pager.notifications.length;
  const belongs: Belongs = ({ labels }) =>
    labels['namespace'] === stage.installation.namespace &&
    labels['alertname'] !== WATCHDOG &&
    !isOthers(labels);
  const heard = (): Account => account(pager.notifications.slice(heardBefore), belongs);
  const causedAtMs = Date.now();
  const caused = await inTime(async () => {
    await fault.cause(stage);
    await untilHeard(fault, stage, heard);
  });
  const healedAtMs = Date.now();
  const healed = await inTime(async () => {
    await fault.heal(stage);
    await untilOver(fault, stage, heard, belongs);
  });
  const judged = problemsOf(heard(), fault);
  const problems = judged.length > 0 ? [...judged, ...caused] : [...caused, ...healed];
  return { fault, account: heard(), causedAtMs, healedAtMs, problems, isFinished: true };
}

/** The outcome of a fault that could not even be caused. */
export function notRun(fault: Fault, error: unknown): Outcome {
  const nowMs = Date.now();
  return {
    fault,
    account: { sightings: [], pages: [] },
    causedAtMs: nowMs,
    healedAtMs: nowMs,
    problems: [`was not caused: ${String(error)}`],
    isFinished: true,
  };
}

/** The outcome of a fault that nobody waited for. */
export function notFinished(fault: Fault): Outcome {
  const nowMs = Date.now();
  const account = { sightings: [], pages: [] };
  return {
    fault,
    account,
    causedAtMs: nowMs,
    healedAtMs: nowMs,
    problems: ['not finished'],
    isFinished: false,
  };
}

/** A fault that brings nothing is given the time in which something would have begun. */
async function untilHeard(fault: Fault, stage: Stage, heard: () => Account): Promise<void> {
  if (fault.alerts.length === 0) return stage.beats(WOULD_BE_PENDING_BEATS);
  await eventually(
    () => {
      const { sightings } = heard();
      const missing = fault.alerts.filter((alert) => !sightings.some((sighting) => isOf(alert, sighting)));
      if (missing.length > 0) throw new Error(`no ${missing.map(({ name }) => name).join(', ')}`);
    },
    { withinMs: stage.pace.beats(fault.firesWithinBeats ?? FIRES_WITHIN_BEATS) },
  );
}

/** Everything that was heard is resolved, and nothing else has begun. */
async function untilOver(fault: Fault, stage: Stage, heard: () => Account, belongs: Belongs): Promise<void> {
  await eventually(
    async () => {
      const lasting = heard().sightings.filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
      const left = (await stage.alerts()).filter(belongs);
      const words = [
        ...lasting.map(({ name }) => `${name} is not resolved`),
        ...left.map(({ labels, state }) => `${labels['alertname']} is ${state}`),
      ];
      if (words.length > 0) throw new Error(words.join(', '));
    },
    { withinMs: stage.pace.beats(fault.resolvesWithinBeats ?? RESOLVES_WITHIN_BEATS) },
  );
}

/** What went wrong, in words; nothing when nothing did. */
async function inTime(part: () => Promise<void>): Promise<readonly string[]> {
  try {
    await part();
    return [];
  } catch (error) {
    return [String(error)];
  }
}
