import type { CommitEvent } from '@latido/event-commit';
import type { Intercept } from '../core/faulty';
import { snapshot } from '../core/snapshot';
import type { BuildWorld, SimulatedProcess, World } from '../core/world';
import { checkAlways, checkSettled } from './invariants';
import { ModelProcess, type RollbackAnswers } from './model-process';
import type { CommitScenario, ProcessScript } from './scenario';
import { createTables, type Message, type ModelTables } from './tables';

const DAY_MS = 24 * 60 * 60 * 1000;
const NO_INTERCEPT: Intercept = (call) => call.perform();

/**
 * Builds the world of a scenario: the tables, the queue, and processes made of the production code.
 *
 * Every batch of a script is delivered to its own poller first. What it does not acknowledge is
 * delivered again to those who take over, and at the end, with late copies of everything, to a
 * process that nothing happens to.
 */
export function buildCommitWorld(scenario: CommitScenario): BuildWorld {
  return async (interceptFor) => {
    const { before = [], daysBeforeRepair = 0, options = {} } = scenario;
    const messages = messagesOf(scenario);
    const tables = createTables(messages);
    const answers: RollbackAnswers = new Map();
    const start = (name: string, intercept: Intercept): ModelProcess =>
      new ModelProcess(name, tables, intercept, scenario, answers);
    await start('before', NO_INTERCEPT).applyOneByOne(before);
    const events = [...before, ...messages.map(({ event }) => event)];
    const accepted = { events, ...options };
    return {
      processes: await startProcesses(scenario.processes, messages, (name) =>
        start(name, interceptFor(name)),
      ),
      snapshot: () => snapshotOf(tables),
      checkAlways: () => checkAlways(tables),
      finish: async (late) => {
        tables.time.pass(daysBeforeRepair * DAY_MS);
        await repair(start('repair', NO_INTERCEPT), messages);
        checkSettled(tables, accepted, answers);
        if (late.length === 0 || daysBeforeRepair > 0) return;
        for (const land of late) await land();
        await repair(start('repair-again', NO_INTERCEPT), messages);
        checkSettled(tables, accepted, answers);
      },
    } satisfies World;
  };
}

async function startProcesses(
  scripts: readonly ProcessScript[],
  messages: readonly Message[],
  start: (name: string) => ModelProcess,
): Promise<readonly SimulatedProcess[]> {
  const undelivered = [...messages];
  const deliver = (event: CommitEvent): Message => {
    const place = undelivered.findIndex((message) => message.event === event);
    const [message] = undelivered.splice(place, 1);
    if (!message) throw new RangeError(`${event.id} is delivered more often than it is in the queue`);
    return message;
  };
  const started: { process: ModelProcess; simulated: SimulatedProcess }[] = [];
  for (const { name, isMortal = true, threads: scriptsOfThreads } of scripts) {
    const process = start(name);
    const threads: (() => Promise<void>)[] = [];
    for (const script of scriptsOfThreads) threads.push(await process.thread(script, deliver));
    started.push({ process, simulated: { name, threads, isMortal } });
  }
  for (const { process } of started) await process.watchWriters();
  return started.map(({ simulated }) => simulated);
}

function messagesOf({ processes }: CommitScenario): readonly Message[] {
  const events = processes
    .flatMap(({ threads }) => threads)
    .flatMap((script) => (script.does === 'poll' ? script.batches.flat() : []));
  return events.map((event, i) => ({ handle: `message-${i}`, event }));
}

/** Takes over everything, then delivers every message once more, in one batch and in its order. */
async function repair(process: ModelProcess, messages: readonly Message[]): Promise<void> {
  await process.watchWriters();
  await process.takeOver();
  await process.handle(messages, await process.openLog());
}

function snapshotOf({ claims, versions, segments, writers, receipts, queue }: ModelTables): string {
  return snapshot([claims.current, versions, segments, writers, receipts, queue]);
}
