import { byFate, type Fate, faulty, type PortCall } from '@latido/simulation';
import {
  type Disturbance,
  type MemoryProcess,
  MemoryWorld,
  settle,
  startProcess,
} from '../testing/memory-service';

const command = { subject: 'cart-7', operation: 'put', data: { items: 2 } } as const;

/**
 * A client sends one command until it has an answer. Its first process meets one fault at one call of a port:
 * the call fails, its reply is lost, or the process dies before or after it. Then another process takes over.
 */
async function sendUntilAnswered(
  fault: { readonly at: number; readonly fate: Fate },
  key: string | undefined,
) {
  const world = new MemoryWorld();
  const calls: string[] = [];
  const died = signal();
  const intercept = byFate(({ name }: PortCall, index) => {
    calls.push(name);
    const fate = index === fault.at ? fault.fate : 'ok';
    if (fate === 'hangs' || fate === 'silent') died.resolve();
    return fate;
  });
  const over: Disturbance = {
    claims: faulty('claims', world.claims, intercept),
    outbox: faulty('outbox', world.outbox, intercept),
    topic: faulty('topic', world.topic, intercept),
  };
  const first = await startProcess(world, over);
  const answer = await Promise.race([answerOf(first, key), died.promise]);
  await settle();
  const second = await startProcess(world);
  const answers = [
    answer,
    ...(answer === undefined && key !== undefined ? [await answerOf(second, key)] : []),
  ];
  await settle();
  return { world, calls, first, second, answers: answers.filter((each) => each !== undefined) };
}

async function answerOf({ acceptor }: MemoryProcess, key: string | undefined): Promise<string | undefined> {
  try {
    const outcome = await acceptor.accept({ command, key });
    return outcome.outcome === 'accepted' ? outcome.id : outcome.outcome;
  } catch {
    return undefined;
  }
}

/** Resolves with nothing: the client never hears from this process again. */
function signal() {
  let resolve = (): void => undefined;
  const promise = new Promise<undefined>((done) => (resolve = () => done(undefined)));
  return { promise, resolve: () => resolve() };
}

const FAULTS: readonly Fate[] = ['failed', 'lost_reply', 'hangs', 'silent'];

/** Every call that an undisturbed acceptance makes, with every fault. */
const CASES = [
  ...['claims.putIfAbsent', 'outbox.putIfAbsent', 'topic.publish'].map((name, at) => ({
    name,
    at,
    key: 'key-1',
  })),
  ...['outbox.putIfAbsent', 'topic.publish'].map((name, at) => ({ name, at, key: undefined })),
].flatMap((each) => FAULTS.map((fate) => ({ ...each, fate })));

describe.each(CASES)('when $name meets "$fate" (key: $key)', ({ name, at, key, fate }) => {
  const run = async () => sendUntilAnswered({ at, fate }, key);

  it('is the call that the fault was meant for', async () => {
    expect((await run()).calls[at]).toBe(name);
  });

  it('makes one entry of the command, and every answer names it', async () => {
    const { world, answers } = await run();
    const entries = world.outbox.all();
    // Without a key and without an answer the client knows nothing; then there may be no event.
    expect(entries.length).toBe(key === undefined && answers.length === 0 ? entries.length : 1);
    expect(entries.length).toBeLessThanOrEqual(1);
    for (const answer of answers) expect(entries.map(({ id }) => id)).toEqual([answer]);
  });

  it('publishes every entry in the end, as one event', async () => {
    const { world, second } = await run();
    world.nowMs += 5_000;
    await second.relay.runRound();
    await settle();
    const bodies = new Set(world.published.map(({ body }) => body));
    expect([...bodies]).toEqual(world.outbox.all().map(({ message }) => message));
  });

  it('leaves no number of a living process open', async () => {
    const { first, second } = await run();
    const isAlive = fate === 'failed' || fate === 'lost_reply';
    const fates = [...(isAlive ? first.numbers.fates.values() : []), ...second.numbers.fates.values()];
    expect(fates).not.toContain('open');
  });
});

it('reports a number as void when nobody knows whether an entry carries it', async () => {
  const { first } = await sendUntilAnswered({ at: 0, fate: 'failed' }, undefined);
  expect([...first.numbers.fates.values()]).toEqual(['void']);
});

it('counts an entry that another process left out under the number that was claimed for it', async () => {
  const { second } = await sendUntilAnswered({ at: 1, fate: 'hangs' }, 'key-1');
  expect(second.numbers.foreign).toEqual([{ epoch: 0, sequence: 1 }]);
});
