import type { Pod } from './pod';
import type { PodEvent, PodFeed, PodList } from './pod-feed';
import { PodLedger, type PodListener } from './pod-ledger';
import { PodWatch } from './pod-watch';

const shop = (uid: string, change: Pod['metadata'] = {}): Pod => ({
  metadata: { uid, labels: { app: 'shop' }, resourceVersion: '2', ...change },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

/** What a listener was told, in words. */
class Told implements PodListener {
  readonly words: string[] = [];
  podObserved({ instanceId, pod }: Parameters<PodListener['podObserved']>[0]): void {
    this.words.push(`${instanceId} ${pod}`);
  }
  podsExpected(service: string, desired: number | undefined): void {
    this.words.push(`${service} expects ${desired ?? 'what was seen'}`);
  }
  podWitnessLost(): void {
    this.words.push('lost');
  }
  /** What was told since it was last asked. */
  news(): readonly string[] {
    return this.words.splice(0);
  }
}

/** An API server whose every answer the test gives. */
class ScriptedFeed implements PodFeed {
  pods: readonly Pod[] = [];
  failure: Error | undefined;
  readonly followed: string[] = [];
  private connection:
    | { readonly end: (ending: 'ended' | 'expired') => void; readonly tell: (event: PodEvent) => void }
    | undefined;

  async list(): Promise<PodList> {
    if (this.failure) throw this.failure;
    return { pods: this.pods, version: '1' };
  }

  follow({ version, onEvent, signal }: Parameters<PodFeed['follow']>[0]): Promise<'ended' | 'expired'> {
    if (this.failure) return Promise.reject(this.failure);
    this.followed.push(version);
    return new Promise((end) => {
      this.connection = { end, tell: onEvent };
      signal.addEventListener('abort', () => end('ended'));
    });
  }

  tell(kind: PodEvent['kind'], pod: Pod): void {
    this.connection?.tell({ kind, pod });
  }

  end(ending: 'ended' | 'expired'): void {
    this.connection?.end(ending);
  }
}

async function watching(...pods: readonly Pod[]) {
  return watchingOn(Object.assign(new ScriptedFeed(), { pods }));
}

function refusing(message: string): ScriptedFeed {
  return Object.assign(new ScriptedFeed(), { failure: new Error(message) });
}

/** A watch whose pauses end when the test says so. */
async function watchingOn(feed: ScriptedFeed) {
  const [told, pauses, losses]: [Told, number[], unknown[]] = [new Told(), [], []];
  let resume = (): void => undefined;
  const watch = new PodWatch({
    openFeed: async () => feed,
    ledger: new PodLedger({ serviceLabel: 'app', listener: told }),
    pause: (delayMs, signal) => {
      pauses.push(delayMs);
      return new Promise((resolve) => {
        resume = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    },
    random: () => 0.5,
    onConnected: () => undefined,
    onLost: (error) => losses.push(error),
  });
  watch.start();
  await turns();
  const afterPause = async (): Promise<void> => {
    resume();
    await turns();
  };
  return { watch, feed, told, pauses, losses, afterPause };
}

/** Lets everything happen that waits for nothing but its turn. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('the watch of pods', () => {
  it('tells what there is, how many each service should have, and every change', async () => {
    const { feed, told, watch } = await watching(shop('a'), shop('b'));
    expect(watch.connected).toBe(true);
    expect(told.news()).toEqual(['a ready', 'shop expects 1', 'b ready', 'shop expects 2']);
    feed.tell('seen', shop('b', { deletionTimestamp: '2026-11-01T12:00:00Z' }));
    feed.tell('deleted', shop('b'));
    expect(told.news()).toEqual(['b leaving', 'shop expects 1', 'b deleted']);
    await watch.stop();
  });

  it('leaves a service without any pod to what was seen of it', async () => {
    const { feed, told, watch } = await watching(shop('a'));
    told.news();
    feed.tell('deleted', shop('a'));
    expect(told.news()).toEqual(['a deleted', 'shop expects what was seen']);
    await watch.stop();
  });

  it('goes on from the last version it heard of when the connection ends, and is not lost', async () => {
    const { feed, afterPause, watch } = await watching(shop('a'));
    feed.tell('bookmark', { metadata: { resourceVersion: '7' } });
    feed.end('ended');
    await turns();
    await afterPause();
    expect(feed.followed).toEqual(['1', '7']);
    expect(watch.lossesTotal).toBe(0);
    await watch.stop();
  });

  it('lists again when the server has forgotten the version, and finds who was deleted meanwhile', async () => {
    const { feed, told, afterPause, watch } = await watching(shop('a'), shop('b'));
    told.news();
    feed.pods = [shop('b')];
    feed.end('expired');
    await turns();
    await afterPause();
    expect(told.news()).toEqual(['a deleted', 'shop expects 1', 'b ready']);
    expect(feed.followed).toEqual(['1', '1']);
    await watch.stop();
  });

  it('says once that the server is lost, tries again ever more slowly, and tells everything anew', async () => {
    const { feed, told, afterPause, watch, pauses, losses } = await watching(shop('a'));
    told.news();
    feed.failure = new Error('connection refused');
    feed.end('ended');
    await turns();
    for (let attempt = 0; attempt < 8; attempt += 1) await afterPause();
    expect(told.news()).toEqual(['shop expects what was seen', 'lost']);
    expect([watch.connected, watch.lossesTotal, losses]).toEqual([false, 1, [feed.failure]]);
    expect(pauses.slice(1)).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]);
    feed.failure = undefined;
    await afterPause();
    expect(told.news()).toEqual(['a ready', 'shop expects 1']);
    expect(watch.connected).toBe(true);
    await watch.stop();
  });

  it('counts a server that was never there as lost', async () => {
    const { watch, losses } = await watchingOn(refusing('forbidden'));
    expect([watch.connected, watch.lossesTotal, losses]).toEqual([false, 1, [new Error('forbidden')]]);
    await watch.stop();
  });

  it('leaves pods alone that name no service', async () => {
    const { told, watch } = await watching(shop('a', { labels: {} }));
    expect(told.news()).toEqual([]);
    await watch.stop();
  });

  it('tells nothing any more when it has stopped', async () => {
    const { feed, told, watch } = await watching(shop('a'));
    await watch.stop();
    expect(feed.followed).toEqual(['1']);
    expect(told.news()).not.toContain('lost');
  });
});
